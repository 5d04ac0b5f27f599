namespace Gateway.Connectors.Keys;

/// <summary>Digits, capitals, small letters: text that a double click selects whole and that needs no escaping anywhere.</summary>
internal static class Base62
{
    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <value>Characters that any 32-bit number fits in: 62^6 is over 2^32.</value>
    public const int ChecksumLength = 6;

    /// <summary>The number with its highest digit first, filled with zeros.</summary>
    public static void Write(uint value, Span<char> destination)
    {
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, (uint)Alphabet.Length);
            destination[i] = Alphabet[(int)digit];
        }
    }
}
