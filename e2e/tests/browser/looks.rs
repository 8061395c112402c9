//! What must be true of every page that is looked at.

use serde_json::Value;

use crate::tab::{Tab, View};

/// Every text whose colour is too near to what lies behind it (WCAG 2.2, 1.4.3), and every field or
/// button that is too small to be met with a thumb (2.5.8).
const FAINT: &str = r"
  const shine = c => {
    const part = v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 };
    return .2126 * part(c[0]) + .7152 * part(c[1]) + .0722 * part(c[2]);
  };
  const read = text => (text.match(/[\d.]+/g) || []).map(Number);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = read(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
      if (c[3] > 0) return [255, 0, 255];
    }
    return [255, 255, 255];
  };
  const found = [];
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = [...document.querySelectorAll('input:not([type=hidden]), select')];
  while (all.nextNode()) if (all.currentNode.data.trim()) seen.push(all.currentNode.parentElement);
  for (const e of seen) {
    if (!e.getClientRects().length) continue;
    const [one, two] = [shine(read(getComputedStyle(e).color)), shine(behind(e))];
    const contrast = (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
    if (contrast < 4.5) found.push(e.tagName + ' ' + contrast.toFixed(2) + ' ' + e.innerText);
  }
  for (const e of document.querySelectorAll('button, input, select, .button')) {
    if (e.type === 'hidden') continue;
    const box = e.getBoundingClientRect();
    if (box.height < 24 || box.width < 24) found.push(e.outerHTML + ' is ' + box.height + ' high');
  }
  return found;
";

/// Whatever reaches beyond the window.
const WIDE: &str = r"
  const root = document.documentElement, wide = [];
  for (const e of document.body.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (box.right > root.clientWidth + .5 || box.left < -.5) wide.push(e.outerHTML.slice(0, 200));
  }
  if (root.scrollWidth > root.clientWidth) wide.push('scrolls to ' + root.scrollWidth);
  return wide;
";

/// Whatever an ear or a keyboard would miss: fields without a label, pages without a heading or with
/// two, ids that stand twice.
const MUTE: &str = r"
  const mute = [];
  for (const e of document.querySelectorAll('input:not([type=hidden]), select'))
    if (!e.labels.length) mute.push('no label: ' + e.outerHTML);
  if (document.querySelectorAll('h1').length !== 1) mute.push('headings');
  if (!document.documentElement.lang) mute.push('no language');
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) mute.push('twice: ' + id);
  for (const e of document.querySelectorAll('a, button'))
    if (!e.innerText.trim()) mute.push('says nothing: ' + e.outerHTML);
  return mute;
";

async fn nothing(tab: &Tab, script: &str, page: &str) {
    let found = tab.run(script).await;
    assert_eq!(found, Value::Array(Vec::new()), "{page}");
}

/// The page as it is, on a desk and on a phone.
pub(crate) async fn sound(tab: &Tab, page: &str, lang: &str) {
    for view in [View::Desk, View::Phone] {
        tab.look(view).await;
        let name = format!("{page}.{lang}.{}", view.word());
        let width = tab.run("return document.documentElement.clientWidth").await;
        assert_eq!(width, view.width(), "{name}");
        nothing(tab, WIDE, &name).await;
        nothing(tab, FAINT, &name).await;
        nothing(tab, MUTE, &name).await;
        tab.shoot(&name).await;
    }
    tab.look(View::Desk).await;
    // That the page itself is a refusal is told as well.
    let url = tab.url().await;
    let complaints = tab.complaints().await.into_iter();
    let others = complaints.filter(|line| !line.starts_with(&format!("{url} - Failed to load")));
    let others: Vec<_> = others
        .filter(|line| !line.contains("/favicon.ico"))
        .collect();
    assert_eq!(others, Vec::<String>::new(), "{page}");
    assert_eq!(tab.abroad().await, Vec::<String>::new(), "{page}");
    let own = tab.run("return document.documentElement.lang").await;
    assert_eq!(own, lang, "{page}");
    let styled = tab.run("return getComputedStyle(document.querySelector('main')).borderTopStyle");
    assert_eq!(styled.await, "solid", "{page}: its style is there");
}
