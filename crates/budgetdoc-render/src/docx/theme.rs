//! `word/theme/theme1.xml`: the theme Word requires, black on white in the document's faces.

use budgetdoc_document::Role;

use super::families::Families;
use super::xml::Xml;

/// Word's own colours of a plain theme.
const COLOURS: [(&str, &str); 12] = [
    ("a:dk1", "000000"),
    ("a:lt1", "FFFFFF"),
    ("a:dk2", "44546A"),
    ("a:lt2", "E7E6E6"),
    ("a:accent1", "4472C4"),
    ("a:accent2", "ED7D31"),
    ("a:accent3", "A5A5A5"),
    ("a:accent4", "FFC000"),
    ("a:accent5", "5B9BD5"),
    ("a:accent6", "70AD47"),
    ("a:hlink", "0563C1"),
    ("a:folHlink", "954F72"),
];

/// Writes the part.
pub(super) fn write(xml: &mut Xml, families: &Families) {
    xml.element("a:theme")
        .attr("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
        .attr("name", "Office")
        .children(|xml| {
            xml.element("a:themeElements").children(|xml| {
                xml.element("a:clrScheme").attr("name", "Office").children(|xml| {
                    for (name, colour) in COLOURS {
                        xml.element(name).children(|xml| {
                            xml.element("a:srgbClr").attr("val", colour);
                        });
                    }
                });
                xml.element("a:fontScheme").attr("name", "Office").children(|xml| {
                    for (name, latin, role) in
                        [("a:majorFont", Role::Title, Role::Title), ("a:minorFont", Role::Latin, Role::Body)]
                    {
                        xml.element(name).children(|xml| {
                            xml.element("a:latin").attr("typeface", families.family(latin));
                            xml.element("a:ea").attr("typeface", families.family(role));
                            xml.element("a:cs").attr("typeface", "");
                            xml.element("a:font").attr("script", "Hans").attr("typeface", families.family(role));
                        });
                    }
                });
                write_formats(xml);
            });
        });
}

/// Writes three fills, lines, effects and backgrounds, the fewest the schema allows.
fn write_formats(xml: &mut Xml) {
    let fill = |xml: &mut Xml| {
        xml.element("a:solidFill").children(|xml| {
            xml.element("a:schemeClr").attr("val", "phClr");
        });
    };
    xml.element("a:fmtScheme").attr("name", "Office").children(|xml| {
        xml.element("a:fillStyleLst").children(|xml| (0..3).for_each(|_| fill(xml)));
        xml.element("a:lnStyleLst").children(|xml| {
            for _ in 0..3 {
                xml.element("a:ln").attr("w", 6350).children(fill);
            }
        });
        xml.element("a:effectStyleLst").children(|xml| {
            for _ in 0..3 {
                xml.element("a:effectStyle").children(|xml| {
                    xml.element("a:effectLst");
                });
            }
        });
        xml.element("a:bgFillStyleLst").children(|xml| (0..3).for_each(|_| fill(xml)));
    });
}
