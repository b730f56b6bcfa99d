//! One image on its way to HTML. In: where it begins and ends. Out: its element.
//!
//! In dialect 0.23 the image is held back until it is whole. In dialect 0.22 it passes like any other markup, and what
//! stands in it with it, so that its words count for the heading around it; `lazy_async_image` writes its beginning and
//! its end, and leaves markup in its words as markup.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::Walk;
use crate::body::links::{self, Image, Lead};

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Walk<'t, '_, I> {
    /// An image begins, in dialect 0.22. Links in the text are remembered; images are not.
    pub(super) fn open_image(
        &mut self,
        link_type: LinkType,
        dest_url: CowStr<'t>,
        title: CowStr<'t>,
        id: CowStr<'t>,
    ) -> Option<Event<'t>> {
        let dest_url = match links::is_beside(&dest_url) {
            true => format!("{}{dest_url}", self.text.source.permalink).into(),
            false => dest_url,
        };
        if !self.text.config.markdown.lazy_async_image {
            return self.pass(Event::Start(Tag::Image { link_type, dest_url, title, id }));
        }
        self.in_attribute += 1;
        let mut html = String::from("<img src=\"");
        // Writing to a string does not fail.
        let _ = escape_href(&mut html, &dest_url);
        if !title.is_empty() {
            html.push_str("\" title=\"");
            let _ = escape_href(&mut html, &title);
        }
        html.push_str("\" alt=\"");
        self.pass(Event::Html(html.into()))
    }

    /// An image ends, in dialect 0.22.
    pub(super) fn close_image(&mut self) -> Option<Event<'t>> {
        if !self.text.config.markdown.lazy_async_image {
            return self.pass(Event::End(TagEnd::Image));
        }
        self.in_attribute = self.in_attribute.saturating_sub(1);
        self.pass(Event::Html("\" loading=\"lazy\" decoding=\"async\" />".into()))
    }

    /// Words, as they may stand where they stand.
    pub(super) fn escaped(&self, words: CowStr<'t>) -> Event<'t> {
        if self.in_attribute == 0 {
            return Event::Text(words);
        }
        let mut html = String::with_capacity(words.len());
        // Writing to a string does not fail.
        let _ = escape_html(&mut html, &words);
        Event::Html(html.into())
    }

    /// An image begins, in dialect 0.23.
    pub(super) fn start_image(
        &mut self,
        link_type: LinkType,
        dest_url: &str,
        title: &str,
        range: &Range<usize>,
    ) {
        let lead = links::lead(link_type, dest_url, range, self.text, &mut self.links, &mut self.complaints);
        if let Some(image) = &mut self.image {
            image.inner += 1;
            return;
        }
        let url = match lead {
            Lead::AsWritten => dest_url.to_owned(),
            Lead::To(url) => url,
        };
        self.image = Some(Image { url, title: title.to_owned(), alt: String::new(), inner: 0 });
    }

    /// An image ends, in dialect 0.23.
    pub(super) fn end_image(&mut self) -> Option<Event<'t>> {
        if let Some(image) = &mut self.image
            && image.inner > 0
        {
            image.inner -= 1;
            return None;
        }
        let html = self.image.take()?.html(self.text.config.markdown.lazy_async_image);
        self.pass(Event::Html(html.into()))
    }
}
