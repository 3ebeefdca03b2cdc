//! The identity of components, and which of them a dossier cannot do without.

use std::collections::HashSet;

use crate::domain::catalogue::Component;
use crate::domain::ids::ComponentId;

use super::cleaning::fold;

/// Words by which a catalogue says that a paper is asked of some people only, is shown and not
/// filed, is the online form itself, or is no paper but a remark.
const CONDITIONAL_STARTS: [&str; 10] = [
    "truong hop",
    "neu",
    "doi voi",
    "khi",
    "van ban uy quyen",
    "luu y",
    "ghi chu",
    "nguoi co yeu cau",
    "mau ho tich dien tu",
    "mau dien tu",
];
const CONDITIONAL_PARTS: [&str; 7] = [
    " neu co",
    " neu nguoi",
    " neu nop",
    " trong truong hop",
    " doi voi truong hop",
    " phai nop",
    "xuat trinh",
];

/// Gives each unnamed component `tp1`, `tp2` … by its position, past ids already taken.
pub fn number(components: &mut [Component], named: &[bool]) {
    let mut taken: HashSet<String> = HashSet::new();
    for (component, _) in components.iter().zip(named).filter(|(_, named)| **named) {
        taken.insert(component.id.as_str().to_owned());
    }
    for (position, component) in components.iter_mut().enumerate() {
        if !named.get(position).copied().unwrap_or(false) {
            component.id = free(position + 1, &mut taken);
        }
    }
}

/// Keeps the ids that `old` gave: a component of the same name (in the same group, if there are
/// several) is the same paper, since dossiers refer to it. New papers get ids never used there.
pub fn keep_ids(components: &mut [Component], named: &[bool], old: &[Component]) {
    let is_named = |position: usize| named.get(position).copied().unwrap_or(false);
    let mut used = vec![false; old.len()];
    let mut taken: HashSet<String> = old.iter().map(|c| c.id.as_str().to_owned()).collect();
    let mut settled = vec![false; components.len()];
    for (position, component) in components.iter().enumerate().filter(|(i, _)| is_named(*i)) {
        taken.insert(component.id.as_str().to_owned());
        settled[position] = true;
        if let Some(at) = old.iter().position(|known| known.id == component.id) {
            used[at] = true;
        }
    }
    for same_group in [true, false] {
        for (position, component) in components.iter_mut().enumerate() {
            if settled[position] {
                continue;
            }
            let same = |known: &Component| {
                known.name == component.name && (!same_group || known.group == component.group)
            };
            let found = old.iter().enumerate().find(|(at, known)| !used[*at] && same(known));
            if let Some((at, known)) = found {
                component.id = known.id.clone();
                used[at] = true;
                settled[position] = true;
            }
        }
    }
    for (position, component) in components.iter_mut().enumerate() {
        if !settled[position] {
            component.id = free(position + 1, &mut taken);
        }
    }
}

fn free(first: usize, taken: &mut HashSet<String>) -> ComponentId {
    let mut number = first;
    while !taken.insert(format!("tp{number}")) {
        number += 1;
    }
    ComponentId::new(format!("tp{number}"))
}

/// Whether a paper is mandatory when the catalogue does not say.
///
/// Groups are mostly alternative cases, so a citizen of case B must not be refused for lacking a
/// paper of case A: grouped papers are not mandatory, unless all of them stand in one group. Nor are
/// papers of which none is asked for (remarks among the papers), nor those whose own words make
/// them conditional ("trường hợp …", "nếu có") or something to show ("xuất trình"). Whoever checks the dossier can still ask for them;
/// the agency can make them mandatory.
pub fn mandatory_by_default(component: &Component, groups: usize) -> bool {
    let asked = component.originals + component.copies > 0;
    let always = component.group.is_empty() || groups == 1;
    asked && always && !conditional(&component.name)
}

fn conditional(name: &str) -> bool {
    let folded = fold(name);
    name.trim_start().starts_with(['+', '*'])
        || CONDITIONAL_STARTS.iter().any(|start| folded.starts_with(start))
        || CONDITIONAL_PARTS.iter().any(|part| folded.contains(part))
}

#[cfg(test)]
mod tests {
    use super::{Component, keep_ids, mandatory_by_default, number};

    fn paper(id: &str, group: &str, name: &str) -> Component {
        Component {
            id: id.into(),
            group: group.to_owned(),
            name: name.to_owned(),
            originals: 1,
            copies: 0,
            mandatory: false,
        }
    }

    fn ids(components: &[Component]) -> Vec<&str> {
        components.iter().map(|c| c.id.as_str()).collect()
    }

    #[test]
    fn a_paper_keeps_its_id_when_others_come_and_go() {
        let old = [paper("tp1", "", "Tờ khai"), paper("tp2", "", "Ảnh"), paper("tp3", "", "Đơn")];
        let mut new = [paper("", "", "Giấy mới"), paper("", "", "Đơn"), paper("", "", "Tờ khai")];
        keep_ids(&mut new, &[false; 3], &old);
        assert_eq!(ids(&new), ["tp4", "tp3", "tp1"], "tp2 belonged to another paper");
    }

    #[test]
    fn papers_of_one_name_are_told_apart_by_their_group() {
        let old = [paper("tp1", "A", "Đơn"), paper("tp2", "B", "Đơn")];
        let mut new = [paper("", "B", "Đơn"), paper("", "A", "Đơn"), paper("", "C", "Đơn")];
        keep_ids(&mut new, &[false; 3], &old);
        assert_eq!(ids(&new), ["tp2", "tp1", "tp3"]);
    }

    #[test]
    fn given_ids_are_never_given_twice() {
        let mut new = [paper("", "", "A"), paper("tp1", "", "B"), paper("", "", "C")];
        number(&mut new, &[false, true, false]);
        assert_eq!(ids(&new), ["tp2", "tp1", "tp3"]);
    }

    #[test]
    fn papers_of_alternative_cases_are_not_mandatory() {
        assert!(mandatory_by_default(&paper("", "", "Tờ khai theo mẫu"), 2));
        assert!(mandatory_by_default(&paper("", "Hồ sơ gồm", "Đơn đề nghị"), 1));
        assert!(!mandatory_by_default(&paper("", "Trường hợp thuê nhà", "Hợp đồng thuê"), 2));
        assert!(!mandatory_by_default(&paper("", "", "Trường hợp bị bỏ rơi: biên bản"), 1));
        assert!(!mandatory_by_default(&paper("", "", "Giấy ủy quyền (nếu có)"), 1));
        assert!(mandatory_by_default(
            &paper("", "", "Giấy chứng sinh; trường hợp không có thì …"),
            1
        ));
        assert!(!mandatory_by_default(&paper("", "", "Xuất trình thẻ căn cước"), 1));
        assert!(!mandatory_by_default(&paper("", "", "Tờ khai (nếu nộp trực tiếp)"), 1));
        let remark = Component { originals: 0, ..paper("", "", "Lưu ý") };
        assert!(!mandatory_by_default(&remark, 1));
    }
}
