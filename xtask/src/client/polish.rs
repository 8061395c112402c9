//! The last step: progenitor's tokens, edited as a syntax tree and printed.
//!
//! Three edits. `Client::new` goes, because it sets a total timeout of 15 s that would cut off
//! every long upload; the crate has its own constructor. `#[allow]` goes, because the file
//! silences its lints once, at the top. And unions can be made from their payloads.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Fields, ImplItem, Item, ItemEnum, ItemMod, ItemStruct};

use super::shape::Payload;
use crate::Failure;

/// What the generated file begins with.
const HEADER: &str = "\
//! Generated from openapi.yaml by `cargo xtask client`; edits here are lost.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_imports,
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    rustdoc::all,
    reason = \"generated: the generator is held to its own style, its input to ours\"
)]

";

/// Edits and prints generated tokens.
pub(super) fn polish(tokens: TokenStream, payloads: &[Payload]) -> Result<String, Failure> {
    let mut file: syn::File = syn::parse2(without_allows(tokens))?;
    for item in &mut file.items {
        match item {
            Item::Impl(block) if block.trait_.is_none() && names(&block.self_ty, "Client") => {
                block
                    .items
                    .retain(|item| !matches!(item, ImplItem::Fn(f) if f.sig.ident == "new"));
            }
            Item::Mod(module) if module.ident == "types" => add_conversions(module, payloads),
            _ => {}
        }
    }
    // `ignore` would count as ignored tests; the blocks are illustrations.
    Ok(format!("{HEADER}{}", prettyplease::unparse(&file)).replace("```ignore", "```text"))
}

fn names(ty: &syn::Type, name: &str) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.is_ident(name))
}

/// The tokens without `#[allow(…)]` and `#![allow(…)]`, at any depth.
fn without_allows(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_allow(&group) => {
                while matches!(kept.last(), Some(TokenTree::Punct(p)) if matches!(p.as_char(), '#' | '!'))
                {
                    kept.pop();
                }
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_allows(group.stream()));
                inner.set_span(group.span());
                kept.push(TokenTree::Group(inner));
            }
            other => kept.push(other),
        }
    }
    kept.into_iter().collect()
}

fn is_allow(group: &Group) -> bool {
    let mut inner = group.stream().into_iter();
    let first = matches!(inner.next(), Some(TokenTree::Ident(word)) if word == "allow");
    group.delimiter() == proc_macro2::Delimiter::Bracket
        && first
        && matches!(inner.next(), Some(TokenTree::Group(_)))
}

/// Adds `From<Payload> for Union`: an inlined variant has no builder, its payload has.
fn add_conversions(module: &mut ItemMod, payloads: &[Payload]) {
    let Some((_, items)) = &mut module.content else {
        return;
    };
    let conversions: Vec<Item> = payloads
        .iter()
        .filter_map(|payload| {
            let union = items.iter().find_map(|item| match item {
                Item::Enum(union) if alike(&union.ident, &payload.union) => Some(union),
                _ => None,
            })?;
            let object = items.iter().find_map(|item| match item {
                Item::Struct(object) if alike(&object.ident, &payload.payload) => Some(object),
                _ => None,
            })?;
            conversion(union, &payload.variant, object)
        })
        .collect();
    items.extend(conversions);
}

/// The conversion, if the variant has the payload's fields with the payload's types.
fn conversion(union: &ItemEnum, variant: &str, object: &ItemStruct) -> Option<Item> {
    let variant = union
        .variants
        .iter()
        .find(|found| alike(&found.ident, variant))?;
    let shared = fields(&object.fields);
    // A payload without fields is the bare variant: there is nothing to carry over.
    if shared.is_empty() || fields(&variant.fields) != shared {
        return None;
    }
    let (enum_name, variant, struct_name) = (&union.ident, &variant.ident, &object.ident);
    let names: Vec<_> = object
        .fields
        .iter()
        .filter_map(|field| field.ident.as_ref())
        .collect();
    syn::parse2(quote! {
        impl ::std::convert::From<#struct_name> for #enum_name {
            fn from(value: #struct_name) -> Self {
                let #struct_name { #(#names),* } = value;
                Self::#variant { #(#names),* }
            }
        }
    })
    .ok()
}

/// Names and types of fields, in an order that both sides share.
fn fields(fields: &Fields) -> Vec<(String, String)> {
    let mut all: Vec<_> = fields
        .iter()
        .filter_map(|field| {
            Some((
                field.ident.as_ref()?.to_string(),
                field.ty.to_token_stream().to_string(),
            ))
        })
        .collect();
    all.sort();
    all
}

/// Whether an identifier is what the generator makes of a name.
fn alike(ident: &syn::Ident, name: &str) -> bool {
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(char::is_ascii_alphanumeric);
        kept.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    letters(&ident.to_string()) == letters(name)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{Payload, polish};

    fn printed(tokens: proc_macro2::TokenStream) -> String {
        let payload = Payload {
            union: "Content".into(),
            variant: "instagram_reel".into(),
            payload: "Reel_Content".into(),
        };
        polish(tokens, &[payload]).unwrap()
    }

    #[test]
    fn the_constructor_with_the_total_timeout_goes_and_the_other_stays() {
        let text = printed(quote! { impl Client { pub fn new() {} pub fn new_with_client() {} } });
        assert!(
            !text.contains("fn new(") && text.contains("fn new_with_client("),
            "{text}"
        );
    }

    #[test]
    fn allows_go_at_any_depth_and_other_attributes_stay() {
        let text = printed(quote! { mod a { #[allow(dead_code)] #[derive(Debug)] struct B; } });
        assert!(
            !text.contains("dead_code") && text.contains("derive(Debug)"),
            "{text}"
        );
    }

    #[test]
    fn illustrations_are_no_ignored_tests() {
        let text = printed(quote! { #[doc = "```ignore"] struct A; });
        assert!(
            text.contains("```text") && !text.contains("ignore\n"),
            "{text}"
        );
    }

    #[test]
    fn a_payload_converts_into_its_variant() {
        let text = printed(quote! { pub mod types {
            pub enum Content { InstagramReel { b: u8, a: String } }
            pub struct ReelContent { pub a: String, pub b: u8 }
        } });
        assert!(text.contains("From<ReelContent> for Content"), "{text}");
    }

    #[test]
    fn a_payload_without_fields_is_the_bare_variant() {
        let text = printed(quote! { pub mod types {
            pub enum Content { InstagramReel }
            pub struct ReelContent(pub Map);
        } });
        assert!(!text.contains("From<"), "{text}");
    }

    #[test]
    fn a_payload_with_other_types_does_not() {
        let text = printed(quote! { pub mod types {
            pub enum Content { InstagramReel { a: Inner } }
            pub struct ReelContent { pub a: Other }
        } });
        assert!(!text.contains("From<"), "{text}");
    }
}
