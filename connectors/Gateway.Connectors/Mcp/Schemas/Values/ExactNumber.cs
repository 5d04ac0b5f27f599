namespace Gateway.Connectors.Mcp.Schemas.Values;

/// <summary>
/// A JSON number as it is written: 0.d₁d₂…dₖ × 10ᵉ with d₁ and dₖ not zero, compared digit by digit. No double stands between, so
/// <c>1.0</c> is <c>1</c>, <c>1e400</c> is a number, and <c>9007199254740993</c> isn't its neighbour.
/// </summary>
internal readonly ref struct ExactNumber
{
    /// <value>Digits of an exponent. Beyond, readers differ too much to compare anything.</value>
    public const int MaxExponentDigits = 9;

    private readonly ReadOnlySpan<byte> _whole;
    private readonly ReadOnlySpan<byte> _fraction;
    private readonly int _first;

    /// <param name="text">A number token for which <see cref="IsBounded"/> is true.</param>
    public ExactNumber(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        text = isNegative ? text[1..] : text;
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf((byte)'.');
        _whole = point < 0 ? mantissa : mantissa[..point];
        _fraction = point < 0 ? default : mantissa[(point + 1)..];
        var last = _whole.Length + _fraction.Length;
        while (_first < last && At(_first) == 0)
        {
            _first++;
        }

        while (last > _first && At(last - 1) == 0)
        {
            last--;
        }

        Length = last - _first;
        IsNegative = isNegative && Length > 0;
        Exponent = Length == 0 ? 0 : _whole.Length - _first + (e < 0 ? 0 : ReadExponent(text[(e + 1)..]));
    }

    public bool IsNegative { get; }

    /// <value>How many digits count; none for zero.</value>
    public int Length { get; }

    public long Exponent { get; }

    public bool IsInteger => Length <= Exponent || Length == 0;

    /// <summary>Whether a number token's exponent is one that can be compared exactly.</summary>
    public static bool IsBounded(ReadOnlySpan<byte> text)
    {
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        return e < 0 || text[(e + 1)..].TrimStart("+-"u8).TrimStart((byte)'0').Length <= MaxExponentDigits;
    }

    /// <value>Of <see cref="Length"/> digits that count, 0 to 9.</value>
    public int Digit(int index) => At(_first + index);

    /// <summary>Below zero, zero or above, as this number is less, equal or greater.</summary>
    public int CompareTo(ExactNumber other)
    {
        if (IsNegative != other.IsNegative)
        {
            return IsNegative ? -1 : 1;
        }

        var magnitude = CompareMagnitude(in this, in other);
        return IsNegative ? -magnitude : magnitude;
    }

    private static int CompareMagnitude(in ExactNumber left, in ExactNumber right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length.CompareTo(right.Length);
        }

        if (left.Exponent != right.Exponent)
        {
            return left.Exponent.CompareTo(right.Exponent);
        }

        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left.Digit(i) != right.Digit(i))
            {
                return left.Digit(i) - right.Digit(i);
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int ReadExponent(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var digit in text.TrimStart("+-"u8))
        {
            value = (value * 10) + digit - '0';
        }

        return text[0] == '-' ? -value : value;
    }

    private int At(int index) => (index < _whole.Length ? _whole[index] : _fraction[index - _whole.Length]) - '0';
}
