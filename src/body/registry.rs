//! The libraries that colour code, one for each dialect, behind one face. In: grammars, themes, code. Out: HTML and style
//! sheets, or in a few words what went wrong.
//!
//! They are two versions of one library, whose markup and grammars differ.

use std::path::Path;

use giallo::{ParsedFence, ThemeVariant};

use crate::model::Dialect;
use crate::model::config::{DataAttrPosition, HighlightStyle, Highlighting};

/// What classes begin with.
const CLASS_PREFIX: &str = "z-";

/// Grammars and themes.
pub(super) enum Registry {
    /// Of dialect 0.22.
    Old(Box<giallo02::Registry>),
    /// Of dialect 0.23.
    New(Box<giallo::Registry>),
}

impl Registry {
    /// Those that come with the program.
    pub(super) fn builtin(dialect: Dialect) -> Result<Self, String> {
        Ok(match dialect {
            Dialect::Zola022 => Registry::Old(Box::new(giallo02::Registry::builtin().map_err(told)?)),
            Dialect::Zola023 => Registry::New(Box::new(giallo::Registry::builtin().map_err(told)?)),
        })
    }

    /// Adds a grammar.
    pub(super) fn add_grammar(&mut self, path: &Path) -> Result<(), String> {
        match self {
            Registry::Old(registry) => registry.add_grammar_from_path(path).map_err(told),
            Registry::New(registry) => registry.add_grammar_from_path(path).map_err(told),
        }
    }

    /// Adds a theme.
    pub(super) fn add_theme(&mut self, path: &Path) -> Result<(), String> {
        match self {
            Registry::Old(registry) => registry.add_theme_from_path(path).map_err(told),
            Registry::New(registry) => registry.add_theme_from_path(path).map_err(told),
        }
    }

    /// Lets grammars find the grammars they refer to, once all are there.
    pub(super) fn link(&mut self) {
        match self {
            Registry::Old(registry) => registry.link_grammars(),
            Registry::New(registry) => registry.link_grammars(),
        }
    }

    /// Whether there is a grammar of that name.
    pub(super) fn has_grammar(&self, name: &str) -> bool {
        match self {
            Registry::Old(registry) => registry.contains_grammar(name),
            Registry::New(registry) => registry.contains_grammar(name),
        }
    }

    /// Whether it is that of dialect 0.22.
    pub(super) fn is_old(&self) -> bool {
        matches!(self, Registry::Old(_))
    }

    /// Whether there is a theme of that name.
    pub(super) fn has_theme(&self, name: &str) -> bool {
        match self {
            Registry::Old(registry) => registry.contains_theme(name),
            Registry::New(registry) => registry.contains_theme(name),
        }
    }

    /// The style sheets for colours by class.
    pub(super) fn sheets(&self, themes: ThemeVariant<&str>) -> Result<Vec<(&'static str, String)>, String> {
        let dual = |light, dark| vec![("giallo-light.css", light), ("giallo-dark.css", dark)];
        match (self, themes) {
            (Registry::Old(registry), ThemeVariant::Single(theme)) => {
                registry.generate_css(theme, CLASS_PREFIX).map(|css| vec![("giallo.css", css)]).map_err(told)
            }
            (Registry::New(registry), ThemeVariant::Single(theme)) => {
                registry.generate_css(theme, CLASS_PREFIX).map(|css| vec![("giallo.css", css)]).map_err(told)
            }
            (Registry::Old(registry), ThemeVariant::Dual { light, dark }) => {
                let sheet = |theme| registry.generate_css(theme, CLASS_PREFIX).map_err(told);
                Ok(dual(sheet(light)?, sheet(dark)?))
            }
            (Registry::New(registry), ThemeVariant::Dual { light, dark }) => registry
                .generate_dual_css(light, dark, CLASS_PREFIX)
                .map(|(light, dark)| vec![("giallo-light.css", light), ("giallo-dark.css", dark)])
                .map_err(told),
        }
    }

    /// Code in colours; a language without a grammar has none.
    pub(super) fn coloured(
        &self,
        code: &str,
        fence: &ParsedFence,
        themes: ThemeVariant<&str>,
        settings: &Highlighting,
    ) -> Result<String, String> {
        let prefix = (settings.style == HighlightStyle::Class).then(|| CLASS_PREFIX.to_owned());
        match self {
            Registry::Old(registry) => old(registry, code, fence, themes, prefix),
            Registry::New(registry) => {
                let options = giallo::HighlightOptions::new(&fence.lang, themes).fallback_to_plain(true);
                let coloured = registry.highlight(code, &options).map_err(told)?;
                let renderer = giallo::HtmlRenderer {
                    other_metadata: fence.rest.clone(),
                    css_class_prefix: prefix,
                    data_attr_position: position(settings.data_attr_position),
                    extra_html_content: giallo::ExtraHtmlContent::default(),
                    add_color_scheme: settings.add_color_scheme.unwrap_or(true),
                };
                Ok(renderer.render(&coloured, &fence.options))
            }
        }
    }
}

/// The same in dialect 0.22.
fn old(
    registry: &giallo02::Registry,
    code: &str,
    fence: &ParsedFence,
    themes: ThemeVariant<&str>,
    prefix: Option<String>,
) -> Result<String, String> {
    let themes = match themes {
        ThemeVariant::Single(theme) => giallo02::ThemeVariant::Single(theme),
        ThemeVariant::Dual { light, dark } => giallo02::ThemeVariant::Dual { light, dark },
    };
    let options = giallo02::HighlightOptions::new(&fence.lang, themes).fallback_to_plain(true);
    let coloured = registry.highlight(code, &options).map_err(told)?;
    let options = giallo02::RenderOptions {
        show_line_numbers: fence.options.show_line_numbers,
        line_number_start: fence.options.line_number_start,
        highlight_lines: fence.options.highlight_lines.clone(),
        hide_lines: fence.options.hide_lines.clone(),
    };
    let renderer = giallo02::HtmlRenderer { other_metadata: fence.rest.clone(), css_class_prefix: prefix };
    Ok(renderer.render(&coloured, &options))
}

fn position(position: DataAttrPosition) -> giallo::DataAttrPosition {
    match position {
        DataAttrPosition::Code => giallo::DataAttrPosition::Code,
        DataAttrPosition::Pre => giallo::DataAttrPosition::Pre,
        DataAttrPosition::Both => giallo::DataAttrPosition::Both,
        DataAttrPosition::None => giallo::DataAttrPosition::None,
    }
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
