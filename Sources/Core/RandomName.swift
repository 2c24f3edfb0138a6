/// Names that nobody guesses.
public enum RandomName {
    /// 128 random bits as 32 hexadecimal digits.
    public static func make(_ entropy: @Sendable () -> UInt64) -> String { entropy().paddedHex + entropy().paddedHex }
}
