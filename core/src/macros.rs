//! The macros behind the indicators. They declare; they compute nothing.

/// Declares an indicator: the struct with its validating `new`, `Default`, accessors and [`Spec`](crate::Spec).
///
/// What platforms do differently when an average begins stands under `seeding`: such parameters are no arguments of
/// `new` but set by a method of their name, and `conventions` says what each [`Convention`](crate::Convention) has.
///
/// The file then implements [`Indicator`](crate::Indicator) for it, and names it in
/// `core/src/indicators/mod.rs`. See CONTRIBUTING.md for a whole one.
#[macro_export]
macro_rules! indicator {
    (
        $(#[doc = $doc:literal])*
        pub struct $Name:ident($id:literal, $title:literal, $group:ident) {
            $( $(#[doc = $param_doc:literal])* $param:ident: $ty:tt = $default:literal $(, $min:literal ..= $max:literal)?; )*
        }
        $(seeding { $( $(#[doc = $seed_doc:literal])* $seed:ident: $Seed:ident = $seed_default:literal; )+ })?
        inputs [$($input:ident),+ $(,)?]
        outputs $placement:ident
            [$($output:ident: $plot:ident $(>> $forward:ident)? $(<< $backward:ident)?),+ $(,)?]
        $(undefined $undefined:literal)?
        $(repaints_by $repaints_by:literal)?
        $(talib $function:ident($($ours:ident: $theirs:ident),* $(,)?))?
        $(conventions [$($Convention:ident { $($set:ident: $value:literal),+ }),+ $(,)?])?
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $Name {
            $($param: $ty,)*
            $($($seed: $Seed,)+)?
        }

        impl $Name {
            /// The indicator with these parameters.
            ///
            /// Fails with [`ErrorKind::Parameter`](crate::ErrorKind::Parameter) when one is out of its bounds.
            #[allow(clippy::too_many_arguments)] // as many as the indicator has parameters
            pub fn new($($param: $ty),*) -> $crate::Result<Self> {
                let given = [$($crate::args::Value::from($param)),*];
                for (param, value) in <Self as $crate::Described>::SPEC.params.iter().zip::<&[_]>(&given) {
                    param.check($id, value)?;
                }
                Ok(Self {
                    $($param,)*
                    $($($seed: $crate::indicator!(@default $Seed, $seed_default),)+)?
                })
            }

            $($(
                $(#[doc = $seed_doc])*
                #[must_use]
                pub fn $seed(self, $seed: $Seed) -> Self {
                    Self { $seed, ..self }
                }
            )+)?

            $(
                $(#[doc = $param_doc])*
                #[must_use]
                pub fn $param(&self) -> $ty {
                    self.$param
                }
            )*
        }

        impl Default for $Name {
            fn default() -> Self {
                Self {
                    $($param: $crate::indicator!(@default $ty, $default),)*
                    $($($seed: $crate::indicator!(@default $Seed, $seed_default),)+)?
                }
            }
        }

        impl $crate::Described for $Name {
            const SPEC: &'static $crate::Spec = &$crate::Spec {
                id: $id,
                name: $crate::described!($title),
                group: $crate::spec::Group::$group,
                docs: $crate::described!(concat!($($doc, "\n"),*)),
                inputs: &[$($crate::spec::Input::$input),+],
                params: &[$($crate::spec::ParamSpec {
                    name: stringify!($param),
                    docs: $crate::described!(concat!($($param_doc, "\n"),*)),
                    kind: $crate::indicator!(@kind $ty, $default $(, $min, $max)?),
                },)* $($($crate::spec::ParamSpec {
                    name: stringify!($seed),
                    docs: $crate::described!(concat!($($seed_doc, "\n"),*)),
                    kind: $crate::indicator!(@kind $Seed, $seed_default),
                },)+)?],
                placement: $crate::indicator!(@placement $placement),
                outputs: &[$($crate::spec::OutputSpec {
                    name: stringify!($output),
                    plot: $crate::spec::Plot::$plot,
                    displacement: $crate::indicator!(@displacement $($forward >>)? $($backward <<)?),
                }),+],
                undefined: $crate::indicator!(@text $($undefined)?),
                repaints_by: $crate::indicator!(@text $($repaints_by)?),
                talib: $crate::indicator!(@talib $($function $(($ours $theirs))*)?),
                conventions: &[$($(
                    ($crate::args::Convention::$Convention, &[$((stringify!($set), $value)),+])
                ),+)?],
            };

            fn fields(&mut self) -> Vec<&mut dyn $crate::args::Param> {
                vec![$(&mut self.$param,)* $($(&mut self.$seed,)+)?]
            }
        }
    };
    (@kind usize, $default:literal, $min:literal, $max:literal) => {
        $crate::spec::ParamKind::Int { default: $default, min: $min, max: $max }
    };
    (@kind f64, $default:literal, $min:literal, $max:literal) => {
        $crate::spec::ParamKind::Float { default: $default, min: $min, max: $max }
    };
    (@kind $Choice:ident, $default:literal) => {
        $crate::spec::ParamKind::Choice {
            default: $default,
            choices: <$Choice as $crate::args::Choice>::CHOICES,
        }
    };
    (@default usize, $default:literal) => { $default };
    (@default f64, $default:literal) => { $default };
    (@default $Choice:ident, $default:literal) => { <$Choice as $crate::args::Choice>::named($default) };
    (@displacement) => { None };
    (@displacement $forward:ident >>) => {
        Some($crate::spec::Displacement { param: stringify!($forward), sign: 1 })
    };
    (@displacement $backward:ident <<) => {
        Some($crate::spec::Displacement { param: stringify!($backward), sign: -1 })
    };
    (@text) => { None };
    (@text $text:literal) => { Some($crate::described!($text)) };
    (@placement overlay) => { $crate::spec::Placement::Overlay };
    (@placement pane) => { $crate::spec::Placement::Pane };
    (@talib) => { None };
    (@talib $function:ident $(($ours:ident $theirs:ident))*) => {
        Some($crate::spec::TaLib {
            function: stringify!($function),
            params: &[$((stringify!($ours), stringify!($theirs))),*],
        })
    };
}

/// A text that describes.
#[cfg(not(target_family = "wasm"))]
#[doc(hidden)] // for `indicator!`
#[macro_export]
macro_rules! described {
    ($text:expr) => {
        $text
    };
}

/// None in a browser, where all code and text is downloaded: the npm package has the descriptions in a file of their own.
#[cfg(target_family = "wasm")]
#[doc(hidden)] // for `indicator!`
#[macro_export]
macro_rules! described {
    ($text:expr) => {
        ""
    };
}

/// Declares a parameter type that is one of a few names, each with a number; the first is the default.
#[macro_export]
macro_rules! choice {
    (
        $(#[doc = $doc:literal])*
        pub enum $Name:ident {
            $(#[doc = $first_doc:literal])* $First:ident = $first_name:literal $first_number:literal,
            $( $(#[doc = $kind_doc:literal])* $Kind:ident = $name:literal $number:literal, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $(#[doc = $first_doc])*
            #[default]
            $First,
            $( $(#[doc = $kind_doc])* $Kind, )*
        }

        impl $crate::args::Choice for $Name {
            const CHOICES: &'static [(&'static str, i64)] =
                &[($first_name, $first_number), $(($name, $number)),*];

            fn name(self) -> &'static str {
                match self {
                    Self::$First => $first_name,
                    $(Self::$Kind => $name,)*
                }
            }

            fn named(name: &str) -> Self {
                match name {
                    $($name => Self::$Kind,)*
                    _ => Self::$First,
                }
            }
        }

        impl $crate::args::Param for $Name {
            fn set(&mut self, value: &$crate::args::Value) {
                *self = <Self as $crate::args::Choice>::named($crate::spec::chosen(
                    <Self as $crate::args::Choice>::CHOICES,
                    value,
                ).unwrap_or_default());
            }

            fn get(&self) -> $crate::args::Value {
                $crate::args::Value::from(*self)
            }
        }

        // A state's choices are fixed by its indicator's parameters.
        impl $crate::Stored for $Name {
            fn save(&self, _to: &mut ::std::vec::Vec<u8>) {}

            fn load(
                &mut self,
                _from: &mut $crate::stored::Reader<'_>,
            ) -> ::std::result::Result<(), $crate::stored::Misfit> {
                Ok(())
            }

            fn sync(&mut self, _other: &mut Self) {}
        }

        impl From<$Name> for $crate::args::Value {
            fn from(kind: $Name) -> Self {
                Self::from($crate::args::Choice::name(kind))
            }
        }
    };
}

/// Declares a state: a struct that can be stored, and of which a stream copies what a bar changed to remember the state
/// before the forming bar.
///
/// A field is a number, a flag, an array, list, box or option of such, or another state (in a list or an option, one
/// with a `Default`).
#[macro_export]
macro_rules! state {
    // As many numbers as a parameter says.
    (
        $(#[$meta:meta])*
        $vis:vis struct $Name:ident <$(const $N:ident: usize = $default:literal),+> {
            $( $(#[$field_meta:meta])* $field:ident: $ty:ty ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        $vis struct $Name<$(const $N: usize = $default),+> { $( $(#[$field_meta])* $field: $ty ),* }

        $crate::stored!(@ [$(const $N: usize),+] $Name<$($N),+> { $($field),* });
    };
    (
        $(#[$meta:meta])*
        $vis:vis struct $Name:ident $(<$T:ident: $bound:path>)? { $( $(#[$field_meta:meta])* $field:ident: $ty:ty ),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        $vis struct $Name $(<$T: $bound>)? { $( $(#[$field_meta])* $field: $ty ),* }

        $crate::stored!($Name $(<$T: $bound>)? { $($field),* });
    };
}

/// Makes a struct [`Stored`](crate::Stored): these fields, in this order. [`state!`](crate::state) does it by itself.
#[macro_export]
macro_rules! stored {
    ($Name:ident $(<$T:ident: $bound:path>)? { $($field:tt),* $(,)? }) => {
        $crate::stored!(@ [$($T: $bound)?] $Name<$($T)?> { $($field),* });
    };
    (@ [$($generics:tt)*] $Name:ident<$($T:ident),*> { $($field:tt),* }) => {
        #[allow(unused_variables)] // a state may have no fields
        impl<$($generics)*> $crate::Stored for $Name<$($T),*> {
            fn save(&self, to: &mut ::std::vec::Vec<u8>) {
                $($crate::Stored::save(&self.$field, to);)*
            }

            fn load(
                &mut self,
                from: &mut $crate::stored::Reader<'_>,
            ) -> ::std::result::Result<(), $crate::stored::Misfit> {
                $($crate::Stored::load(&mut self.$field, from)?;)*
                Ok(())
            }

            #[inline(always)]
            fn sync(&mut self, other: &mut Self) {
                $($crate::Stored::sync(&mut self.$field, &mut other.$field);)*
            }
        }
    };
}

/// The list of all indicators: declares each module, exports each type, and builds the registry.
macro_rules! registry {
    ($( $(#[doc = $doc:literal])* $group:ident { $($file:ident::$Name:ident),* $(,)? } )*) => {
        $(
            $(#[doc = $doc])*
            pub mod $group {
                $(
                    mod $file;
                    pub use $file::$Name;
                )*
            }
        )*

        /// Every indicator, in the order of the list.
        pub(crate) static ALL: &[$crate::registry::Entry] =
            &[$($($crate::registry::Entry::of::<$group::$Name>(),)*)*];
    };
}
pub(crate) use registry;
