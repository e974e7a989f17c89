//! The files of the folder, tables of rows and the environment, laid over each other.

pub(crate) mod lay;
mod layer;
mod names;
mod outside;
mod overrides;
pub(crate) mod rows;
mod suggest;

pub(crate) use layer::Layers;
pub(crate) use outside::Outside;
pub(crate) use suggest::Suggest;
