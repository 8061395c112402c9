//! From JSON to a plan. Everything that is wrong is named at once, with what is known instead.

use serde_json::{Map, Value};

use super::{Fault, FaultPlan, KINDS, Kind, Rule, SecondPublish, Stage};

/// What is wrong, in words.
type Mistakes = Vec<String>;

/// A plan as it is written.
pub(super) fn plan(written: &Value) -> Result<FaultPlan, Mistakes> {
    let Some(object) = written.as_object() else {
        return Err(vec!["a plan is a JSON object".to_owned()]);
    };
    let mut mistakes = Vec::new();
    let mut plan = FaultPlan::default();
    for (name, value) in object {
        match name.as_str() {
            "seed" if value.is_null() => {}
            "seed" => match value.as_u64() {
                Some(seed) => plan.seed = Some(seed),
                None => mistakes.push("`seed` must be a whole number from 0".to_owned()),
            },
            "second_publish" => match serde_json::from_value::<SecondPublish>(value.clone()) {
                Ok(second) => plan.second_publish = second,
                Err(_) => mistakes
                    .push("`second_publish` must be one of refuse, same_id, duplicate".to_owned()),
            },
            "rules" => match value.as_array() {
                Some(rules) => plan.rules = each(rules, &mut mistakes),
                None => mistakes.push("`rules` must be a list".to_owned()),
            },
            _ => mistakes.push(format!(
                "unknown field `{name}`: a plan has seed, second_publish, rules"
            )),
        }
    }
    if mistakes.is_empty() {
        Ok(plan)
    } else {
        Err(mistakes)
    }
}

fn each(written: &[Value], mistakes: &mut Mistakes) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (place, written) in written.iter().enumerate() {
        match rule(written) {
            Ok(rule) => rules.push(rule),
            Err(wrong) => {
                let wrong = wrong.into_iter();
                mistakes.extend(wrong.map(|text| format!("rules[{place}]: {text}")));
            }
        }
    }
    rules
}

/// A rule as it is written.
pub(super) fn rule(written: &Value) -> Result<Rule, Mistakes> {
    let Some(object) = written.as_object() else {
        return Err(vec!["a rule is a JSON object".to_owned()]);
    };
    let mut mistakes = Vec::new();
    let stage = stage(object, &mut mistakes);
    let kind = kind(object, &mut mistakes);
    let count = count(object, &mut mistakes);
    let probability = probability(object, &mut mistakes);
    let account = account(object, stage, &mut mistakes);
    if let (Some(stage), Some(kind)) = (stage, kind)
        && !kind.stages.contains(&stage)
    {
        mistakes.push(format!(
            "`{}` makes no sense at `{}`, only at {}",
            kind.name,
            stage.name(),
            names(kind.stages)
        ));
    }
    let fault = kind.and_then(|kind| fault(kind, object, &mut mistakes));
    match (stage, fault) {
        (Some(stage), Some(fault)) if mistakes.is_empty() => Ok(Rule {
            stage,
            fault,
            count,
            probability,
            account,
        }),
        _ => Err(mistakes),
    }
}

fn stage(object: &Map<String, Value>, mistakes: &mut Mistakes) -> Option<Stage> {
    let written = object.get("stage").and_then(Value::as_str);
    let found = Stage::ALL.iter().find(|s| Some(s.name()) == written);
    if found.is_none() {
        let what = written.map_or("`stage` is missing".to_owned(), |s| {
            format!("unknown stage `{s}`")
        });
        mistakes.push(format!("{what}: there are {}", names(Stage::ALL)));
    }
    found.copied()
}

fn kind(object: &Map<String, Value>, mistakes: &mut Mistakes) -> Option<&'static Kind> {
    let written = object.get("fault").and_then(Value::as_str);
    let found = written.and_then(Kind::find);
    if found.is_none() {
        let what = written.map_or("`fault` is missing".to_owned(), |f| {
            format!("unknown fault `{f}`")
        });
        let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        mistakes.push(format!("{what}: there are {}", known.join(", ")));
    }
    found
}

fn count(object: &Map<String, Value>, mistakes: &mut Mistakes) -> Option<u32> {
    let written = object.get("count").filter(|value| !value.is_null())?;
    let count = written.as_u64().and_then(|n| u32::try_from(n).ok());
    if count.is_none() {
        mistakes.push("`count` must be a whole number from 0".to_owned());
    }
    count
}

fn probability(object: &Map<String, Value>, mistakes: &mut Mistakes) -> Option<f64> {
    let written = object.get("probability").filter(|value| !value.is_null())?;
    let likely = written.as_f64().filter(|p| (0.0..=1.0).contains(p));
    if likely.is_none() {
        mistakes.push("`probability` must be a number from 0 to 1".to_owned());
    }
    likely
}

fn account(
    object: &Map<String, Value>,
    stage: Option<Stage>,
    mistakes: &mut Mistakes,
) -> Option<String> {
    let written = object.get("account").filter(|value| !value.is_null())?;
    let Some(name) = written.as_str() else {
        mistakes.push("`account` must be a username".to_owned());
        return None;
    };
    if let Some(stage @ (Stage::Connection | Stage::Time)) = stage {
        mistakes.push(format!("a `{}` belongs to no `account`", stage.name()));
    }
    Some(name.to_owned())
}

/// The fault with its fields, those that are missing and need not be there filled in.
fn fault(kind: &Kind, object: &Map<String, Value>, mistakes: &mut Mistakes) -> Option<Fault> {
    const OF_A_RULE: [&str; 5] = ["stage", "fault", "count", "probability", "account"];
    let before = mistakes.len();
    let known = |name: &str| kind.fields.iter().any(|field| field.name == name);
    for name in object.keys() {
        if !OF_A_RULE.contains(&name.as_str()) && !known(name) {
            let known = kind.fields.iter().map(|field| field.name);
            let known: Vec<&str> = known.chain(OF_A_RULE).collect();
            mistakes.push(format!(
                "unknown field `{name}`: a rule of `{}` has {}",
                kind.name,
                known.join(", ")
            ));
        }
    }
    let mut whole = Map::from_iter([("fault".to_owned(), Value::from(kind.name))]);
    for field in kind.fields {
        let default = field.default.and_then(|d| serde_json::from_str(d).ok());
        match object.get(field.name).or(default.as_ref()) {
            Some(value) if field.takes.fits(value) => {
                whole.insert(field.name.to_owned(), value.clone());
            }
            found => {
                let is = found.map_or("is missing: it must be", |_| "must be");
                let must = field.takes.says();
                mistakes.push(format!("`{}` {is} {must}", field.name));
            }
        }
    }
    if mistakes.len() > before {
        return None;
    }
    let read = serde_json::from_value(Value::Object(whole));
    let fault = read
        .map_err(|error| mistakes.push(error.to_string()))
        .ok()?;
    if matches!(
        fault,
        Fault::RefuseConnection {
            connections: 0,
            secs: 0
        }
    ) {
        mistakes.push("`refuse_connection` needs `connections` or `secs`".to_owned());
    }
    Some(fault)
}

fn names(stages: &[Stage]) -> String {
    let names: Vec<&str> = stages.iter().map(|stage| stage.name()).collect();
    names.join(", ")
}
