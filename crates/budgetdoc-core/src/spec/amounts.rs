//! How a spec prints its amounts, within what its profile allows.

use budgetdoc_document::Rounding;

use crate::yaml::record;

record! {
    sparse
    /// Formats of amounts, if different from the profile's. The profile lists what it allows.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AmountSettings {
        /// In tables; a table or column of the profile with its own format keeps it.
        pub tables: AmountSetting = default,
        /// In sentences and charts.
        pub text: AmountSetting = default,
    }
}

record! {
    sparse
    /// What of a format of amounts is different from the profile's.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AmountSetting {
        /// Most decimals.
        pub decimals: Option<u32> = default,
        /// Words for zero, such as `0.00`, `—` or an empty text.
        pub zero: Option<String> = default,
        /// Rounding of figures.
        #[schemars(with = "Option<crate::schema::document::RoundingSchema>")]
        pub rounding: Option<Rounding> = default,
    }
}
