//! Requests of persons about their data (table `data_requests`): a clear head for lists, and what names
//! the person sealed under a key of the request. The key lies with those of persons, and goes with the
//! request's disposal.

use super::codec::wire::{Damaged, Reader as Bytes, Wire, record, tagged};
use super::engine::Row;
use super::ledger::Failure;
use super::persons::PersonId;
use super::reader::Reader;
use super::tables::{DATA_REQUESTS, DATA_REQUESTS_OF, Key, META};
use super::txn::Txn;
use crate::domain::privacy::request::{Deed, Details, Passage, State};
use crate::domain::privacy::{Request, RequestKind};

/// The row of `meta` with the last number.
const LAST: &[u8] = b"data_requests";

/// What stands in clear before the sealed part.
struct Head {
    key: [u8; 32],
    request: Request,
}

tagged! {
    RequestKind {
        1 = Access, 2 = Copy, 3 = Rectify, 4 = Restrict, 5 = Object, 6 = Withdraw, 7 = Erase,
    }
    State { 1 = Received, 2 = Told, 3 = Granted, 4 = Done, 5 = Refused, 6 = TakenBack, 7 = Closed }
    Deed {
        1 = Asked, 2 = Told, 3 = Extended, 4 = Granted, 5 = Done, 6 = Refused, 7 = TookBack,
        8 = Closed,
    }
}

record! {
    Passage { at, by, deed, text, ground }
    Details { name, contact, id_number, text, dossier, course }
}

impl Wire for Head {
    fn put(&self, out: &mut Vec<u8>) {
        let request = &self.request;
        super::codec::wire::put_record(out, |out| {
            self.key.put(out);
            request.agency.put(out);
            request.kind.put(out);
            request.way.put(out);
            request.person.put(out);
            request.received_at.put(out);
            request.with_processor.put(out);
            request.state.put(out);
            request.answer_by.put(out);
            request.due_at.put(out);
            request.is_extended.put(out);
        });
    }

    fn take(input: &mut Bytes<'_>) -> Result<Self, Damaged> {
        let mut input = input.record()?;
        let input = &mut input;
        Ok(Self {
            key: Wire::take(input)?,
            request: Request {
                number: 0,
                agency: Wire::take(input)?,
                kind: Wire::take(input)?,
                way: Wire::take(input)?,
                person: Wire::take(input)?,
                received_at: Wire::take(input)?,
                with_processor: Wire::take(input)?,
                state: Wire::take(input)?,
                answer_by: Wire::take(input)?,
                due_at: Wire::take(input)?,
                is_extended: Wire::take(input)?,
                details: Details::default(),
            },
        })
    }
}

/// What binds a sealed part to its request.
fn place(number: u64) -> Key {
    Key::new().text("data_request").number(number)
}

impl Txn<'_> {
    /// Keeps a new request under the next number, and a key of its own.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn add_data_request(&mut self, mut request: Request) -> Result<Request, Failure> {
        let last = self.get(META, LAST)?.map(|row| u64::from_bytes(&row)).transpose()?;
        request.number = last.unwrap_or_default() + 1;
        self.put(META, LAST, request.number.to_bytes());
        let of = Key::new().fixed(&request.person).number(request.number);
        self.put(DATA_REQUESTS_OF, of, Vec::new());
        let key = PersonId(self.shared().env.bytes());
        self.put_data_request(key, &request)?;
        Ok(request)
    }

    /// Writes a request again.
    ///
    /// # Errors
    /// There is no such request, or the engine cannot be read.
    pub fn change_data_request(&mut self, request: &Request) -> Result<(), Failure> {
        let row = self.get(DATA_REQUESTS, Key::new().number(request.number).bytes())?;
        let row = row.ok_or(Damaged("a request about data is missing"))?;
        let head = Head::take(&mut Bytes::new(&row))?;
        self.put_data_request(PersonId(head.key), request)
    }

    fn put_data_request(&mut self, id: PersonId, request: &Request) -> Result<(), Failure> {
        let key = self.own_key(id)?;
        let number = request.number;
        let mut row = Head { key: id.0, request: request.clone() }.to_bytes();
        let env = self.shared().env.clone();
        row.extend(key.seal(&env, place(number).bytes(), &request.details.to_bytes()));
        self.put(DATA_REQUESTS, Key::new().number(number), row);
        Ok(())
    }

    /// A request as a command sees it.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn data_request(&self, number: u64) -> Result<Option<Request>, Failure> {
        let Some(row) = self.get(DATA_REQUESTS, Key::new().number(number).bytes())? else {
            return Ok(None);
        };
        let mut input = Bytes::new(&row);
        let Head { key, mut request } = Head::take(&mut input)?;
        request.number = number;
        let key = self.known_key(PersonId(key))?.ok_or(Damaged("the key of a request"))?;
        let plain = key.open(place(number).bytes(), input.rest())?;
        request.details = Details::from_bytes(&plain)?;
        Ok(Some(request))
    }
}

impl Reader {
    fn opened_request(&self, (row, value): &Row) -> Result<Request, Failure> {
        let number = u64::from_be_bytes(Bytes::new(row).array()?);
        let mut input = Bytes::new(value);
        let Head { key, mut request } = Head::take(&mut input)?;
        request.number = number;
        // Of a request that was disposed of the head alone is left.
        if let Some(key) = self.person_key(PersonId(key))? {
            let plain = key.open(place(number).bytes(), input.rest())?;
            request.details = Details::from_bytes(&plain)?;
        }
        Ok(request)
    }

    /// A request by its number.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn data_request(&self, number: u64) -> Result<Option<Request>, Failure> {
        let key = Key::new().number(number);
        let Some(value) = self.get(DATA_REQUESTS, key.bytes())? else { return Ok(None) };
        self.opened_request(&(key.into(), value)).map(Some)
    }

    /// The requests of a person, the last one first.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn data_requests_of(&self, person: [u8; 32]) -> Result<Vec<Request>, Failure> {
        let rows = self.scan_back(DATA_REQUESTS_OF, &person, usize::MAX)?;
        let mut found = Vec::with_capacity(rows.len());
        for (key, _) in rows {
            let number = Bytes::new(key.get(person.len()..).unwrap_or_default()).array()?;
            found.extend(self.data_request(u64::from_be_bytes(number))?);
        }
        Ok(found)
    }

    /// Requests below a number, the last one first; at most `limit`.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn data_requests(&self, before: u64, limit: usize) -> Result<Vec<Request>, Failure> {
        let rows = self.scan_before(DATA_REQUESTS, &Key::new(), before, limit)?;
        rows.iter().map(|row| self.opened_request(row)).collect()
    }
}
