//! The parts of compounds.
/// Placeholder.
pub struct Compounds;
impl Compounds {
    /// None yet.
    pub fn new(_: &super::Analyser, _: &std::collections::HashMap<String, u32>) -> Compounds {
        Compounds
    }
    /// None yet.
    pub fn parts(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}
