//! How people find the room: addresses of this machine, and a square that telephones read.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};

use qrcode::{QrCode, render::unicode::Dense1x2};

/// Letters and digits that cannot be mistaken for each other (Crockford).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// So many letters that nobody guesses, each of 32.
///
/// # Errors
/// When the system has no luck to give.
pub fn letters(count: usize) -> Result<String, getrandom::Error> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}

/// Addresses by which others on the network may reach this machine, the likeliest first. Nothing is sent: the system is only
/// asked from where it would.
/// One that whoever leads has named goes before.
pub fn addresses_with(named: Option<IpAddr>) -> Vec<IpAddr> {
    // Anywhere, and the three networks that homes and houses have.
    let towards = [[192, 0, 2, 1], [192, 168, 255, 254], [10, 255, 255, 254], [172, 31, 255, 254]];
    let mut found: Vec<IpAddr> = named.into_iter().collect();
    for there in towards {
        let asked = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
            socket.connect((Ipv4Addr::from(there), 9))?;
            socket.local_addr()
        });
        if let Ok(address) = asked.map(|address| address.ip())
            && !address.is_loopback()
            && !address.is_unspecified()
            && !found.contains(&address)
        {
            found.push(address);
        }
    }
    found
}

/// A square that telephones read, two rows in a line of letters; nothing where the text is too long for one. On a terminal it
/// is black on white whatever its colours are.
pub fn square(text: &str, colours: bool) -> String {
    let Ok(code) = QrCode::new(text) else { return String::new() };
    // Without colours light is what is printed, as most terminals are dark; telephones read it the other way round, too.
    let drawn = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
    if !colours {
        return format!("{drawn}\n");
    }
    drawn.lines().map(|line| format!("\x1b[97;40m{line}\x1b[0m\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_long_and_never_the_same() {
        let (one, other) = (letters(26).unwrap(), letters(26).unwrap());
        assert!(one != other && one.len() == 26 && one.bytes().all(|letter| LETTERS.contains(&letter)));
    }

    #[test]
    fn a_square_is_square_and_says_the_address() {
        let text = "http://192.168.1.20:43211/#class=7K3Q8";
        let drawn = square(text, false);
        let (lines, wide) = (drawn.lines().count(), drawn.lines().next().unwrap().chars().count());
        assert!(wide >= 21 + 8 && lines.abs_diff(wide.div_ceil(2)) <= 1, "{wide} x {lines}");
        assert!(square(&"x".repeat(5000), false).is_empty());
        assert_ne!(drawn, square("http://192.168.1.20:43211/#class=7K3Q9", false));
    }
}
