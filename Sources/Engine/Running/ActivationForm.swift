/// How products with stored weights take their activations.
public enum ActivationForm: Sendable {
    /// As they are: each weight is unpacked to float once for all tokens of a pass. As near to the weights as float
    /// arithmetic comes: what a model is measured with.
    case float

    /// Rounded to 8-bit integers in blocks, as the weights are stored. Faster, and the rounding is ggml's, so that
    /// answers agree with llama.cpp's: what a model writes with.
    case eightBit
}
