//! Every part that pages are made of, one function each. `gallery` shows them all.
//!
//! A component takes a struct of borrowed words with defaults for what is seldom set, and gives
//! escaped markup. It never reads a clock, a store or a session.

mod address;
mod banner;
mod card;
mod choice;
mod facts;
mod field;
mod flow;
mod form;
pub mod gallery;
mod handed;
mod icon;
mod layout;
mod money;
mod nav;
mod panel;
mod person;
mod privacy;
mod qr;
mod table;
mod tag;
mod upload;
mod year;

pub use address::{
    AddressField, AddressParts, ELSEWHERE, address_fields, commune_suggestions,
    province_suggestions,
};
pub use banner::{BannerKind, ErrorPage, banner, banner_named, error_page, live_note};
pub use card::{
    EmptyState, ProcedureCard, card_list, empty_state, in_parts, marked, procedure_card,
};
pub use choice::{Choice, checkbox, checkboxes, radios, row_select, select};
pub use facts::{
    ChannelFacts, SummaryRow, TimeLineEntry, duration_and_fees, key_facts, summary_list, time_line,
};
pub use field::{
    Field, Width, error_for, field_id, password_field, suggestions, text_area, text_field,
};
pub use flow::{Flow, FlowState, FlowStep, flow, flow_tag};
pub use form::{
    Button, Form, Method, button, button_link, button_row, by_row, error_summary, error_summary_at,
    form, implicit_submit, row_button,
};
pub use handed::handed_fields;
pub use icon::{Icon, icon};
pub use layout::{ListedLink, lead_side_right, link_list, panel, side_left, side_right};
pub use money::{calculation, steps as fee_steps, transfer_code};
pub use nav::{
    Crumb, Group, Pages, SearchBox, Step, Tab, back_link, breadcrumb, pagination, search_box,
    sections, steps, tabs,
};
pub use panel::{
    Action, ActionPanel, BulkAction, Confirm, RefusedAction, action_panel, bulk_bar, confirm,
};
pub use person::{
    DateParts, date_boxes, date_field, identity_number, money_field, one_time_code, phone_field,
};
pub use privacy::{consent_box, notice_facts, privacy_note};
pub use qr::qr_code;
pub use table::{Chip, Column, DataTable, Row, Sort, data_table, filter_chips};
pub use tag::{Deadline, Tone, Urgency, deadline_pill, status_tag, status_words, tag};
pub use upload::{Repeat, Upload, UploadedFile, repeat_group, size_words, upload};
pub use year::{DayMark, YearDay, year_view};
