using Gateway.Connectors.Mcp.Schemas.Values;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>Bounds of numbers and what they are multiples of, compared as decimals.</summary>
internal sealed class NumberRules
{
    private const int MaxDivisorDigits = 18;

    private const int DigitsPerStep = 8;

    private readonly byte[]? _minimum;
    private readonly byte[]? _maximum;
    private readonly byte[]? _above;
    private readonly byte[]? _below;
    private readonly byte[]? _divisor;
    private readonly int _length; // Of all of them: one of a hundred thousand digits is compared digit by digit too.
    private readonly ulong _divisorDigits; // The divisor is this …
    private readonly long _divisorPower; // … times ten to this.

    private NumberRules(SchemaKeywords keywords)
    {
        _minimum = keywords.Number("minimum");
        _maximum = keywords.Number("maximum");
        _above = keywords.Number("exclusiveMinimum");
        _below = keywords.Number("exclusiveMaximum");
        _divisor = keywords.Number("multipleOf");
        _length = ((byte[]?[])[_minimum, _maximum, _above, _below, _divisor]).Sum(text => text?.Length ?? 0);
        if (_divisor is not null)
        {
            var divisor = new ExactNumber(_divisor);
            if (divisor.Length is 0 or > MaxDivisorDigits || divisor.IsNegative)
            {
                throw keywords.Document.Fault(
                    keywords.Find("multipleOf"),
                    $"multipleOf must be above zero, of {MaxDivisorDigits} digits at most"
                );
            }

            _divisorPower = divisor.Exponent - divisor.Length;
            for (var i = 0; i < divisor.Length; i++)
            {
                _divisorDigits = (_divisorDigits * 10) + (ulong)divisor.Digit(i);
            }
        }
    }

    public static NumberRules? Read(SchemaKeywords keywords)
    {
        var rules = new NumberRules(keywords);
        return (rules._minimum ?? rules._maximum ?? rules._above ?? rules._below ?? rules._divisor) is null ? null : rules;
    }

    public bool Fits(ref SchemaWalk walk, int at)
    {
        var text = walk.Instance.Bytes(at);
        var number = new ExactNumber(text);
        walk.Spend(1 + ((text.Length + _length) / DigitsPerStep));
        var fits = _minimum is null || number.CompareTo(new ExactNumber(_minimum)) >= 0 || walk.Fail(at, "minimum", "at least ", _minimum);
        fits &= _maximum is null || number.CompareTo(new ExactNumber(_maximum)) <= 0 || walk.Fail(at, "maximum", "at most ", _maximum);
        fits &= _above is null || number.CompareTo(new ExactNumber(_above)) > 0 || walk.Fail(at, "exclusiveMinimum", "more than ", _above);
        fits &= _below is null || number.CompareTo(new ExactNumber(_below)) < 0 || walk.Fail(at, "exclusiveMaximum", "less than ", _below);
        return fits & (_divisor is null || IsMultiple(number) || walk.Fail(at, "multipleOf", "a multiple of ", _divisor));
    }

    /// <summary>
    /// Both are whole numbers times a power of ten. The instance's doesn't end in a zero, so where its power is the lesser, no multiple
    /// can be it.
    /// </summary>
    private bool IsMultiple(ExactNumber number)
    {
        var power = number.Exponent - number.Length - _divisorPower;
        if (number.Length == 0 || power < 0)
        {
            return number.Length == 0;
        }

        ulong rest = 0;
        for (var i = 0; i < number.Length; i++)
        {
            rest = (ulong)((((UInt128)rest * 10) + (ulong)number.Digit(i)) % _divisorDigits);
        }

        for (var (factor, left) = (10 % _divisorDigits, power); left > 0; left >>= 1)
        {
            if ((left & 1) != 0)
            {
                rest = (ulong)((UInt128)rest * factor % _divisorDigits);
            }

            factor = (ulong)((UInt128)factor * factor % _divisorDigits);
        }

        return rest == 0;
    }
}
