namespace Gateway.Connectors.Redaction;

/// <summary>
/// A telephone number as people write it: with its country's code (<c>+49…</c>, <c>0049…</c>; ITU-T E.164 has at most 15 digits), in North
/// America's groups, or in groups that begin with a zero or a bracket. Digits in one piece, without a code, could be anything and aren't
/// found.
/// </summary>
internal static class PhonePattern
{
    private const int FewestDigits = 7;
    private const int MaxDigits = 17; // With two zeros before 15.
    private const int MaxBetween = 3; // As in "030 / 12" and ") (".

    /// <summary>The length of the number that begins at a place; 0 for none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        var first = text[at];
        if (!(char.IsAsciiDigit((char)first) || first is (byte)'+' or (byte)'(') || !BeginsAt(text, at))
        {
            return 0;
        }

        var groups = default(Groups);
        var best = 0;
        for (var i = first == '+' ? at + 1 : at; i < text.Length && groups.MayGoOn(first); )
        {
            if (char.IsAsciiDigit((char)text[i]))
            {
                groups.Add();
                i++;
                best = groups.Digits >= FewestDigits && IsEnd(text, i) && IsNumber(text[at..], groups) ? i - at : best;
            }
            else if (SeparatorsAt(text[i..]) is var between and > 0)
            {
                groups.Close();
                i += between;
            }
            else
            {
                break;
            }
        }

        return best;
    }

    private static bool BeginsAt(ReadOnlySpan<byte> text, int at)
    {
        if (at == 0)
        {
            return true;
        }

        var before = (char)text[at - 1];
        return text[at] == '+'
            ? !char.IsAsciiDigit(before)
            : !char.IsAsciiLetterOrDigit(before) && before is not ('+' or '.' or '-' or '_' or '/');
    }

    private static bool IsEnd(ReadOnlySpan<byte> text, int end) => end == text.Length || !char.IsAsciiLetterOrDigit((char)text[end]);

    /// <summary>How many characters stand between two groups; 0 where no digit follows.</summary>
    private static int SeparatorsAt(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (
            count < text.Length
            && count < MaxBetween
            && text[count] is (byte)' ' or (byte)'-' or (byte)'.' or (byte)'/' or (byte)'(' or (byte)')'
        )
        {
            count++;
        }

        return count > 0 && count < text.Length && char.IsAsciiDigit((char)text[count]) ? count : 0;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, in Groups groups)
    {
        if (text[0] == '+')
        {
            return groups.Digits is >= 8 and <= 15 && text[1] is > (byte)'0' and <= (byte)'9';
        }

        if (text.StartsWith("00"u8) && text.Length > 2 && text[2] is > (byte)'0' and <= (byte)'9')
        {
            return groups.Digits is >= 10 and <= MaxDigits;
        }

        return groups.AreNorthAmerican || (groups.Count > 1 && !groups.AreDate && IsNational(text, groups.Digits));
    }

    /// <summary>With an area's code of up to six digits, in brackets or behind the zero that the trunk is reached by.</summary>
    private static bool IsNational(ReadOnlySpan<byte> text, int digits) =>
        text[0] == '('
            ? digits is >= 7 and <= 13
            : text[0] == '0' && digits is >= 9 and <= 13 && text[1] != '0' && text[..7].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>How many digits stand in each of the first groups.</summary>
    private struct Groups
    {
        private int _shape; // The first lengths as decimal digits: 3-3-4 is 334.
        private int _current;

        public int Digits { get; private set; }

        public int Count { get; private set; }

        public readonly bool AreNorthAmerican => Shape is 334 or 1334;

        /// <summary>Day, month and year, and perhaps the time behind.</summary>
        public readonly bool AreDate
        {
            get
            {
                var shape = Shape;
                while (shape > 999)
                {
                    shape /= 10;
                }

                return shape == 224;
            }
        }

        private readonly int Shape => Count > 6 ? 0 : (_shape * 10) + Math.Min(_current, 9);

        /// <summary>
        /// Whether more of it could be a number: what begins with another digit than zero is one in North America or none.
        /// </summary>
        public readonly bool MayGoOn(byte first) => Digits <= MaxDigits && (first is (byte)'+' or (byte)'(' or (byte)'0' || Count <= 4);

        public void Add()
        {
            Digits++;
            Count += _current == 0 ? 1 : 0;
            _current++;
        }

        public void Close()
        {
            _shape = _current == 0 || Count > 6 ? _shape : (_shape * 10) + Math.Min(_current, 9);
            _current = 0;
        }
    }
}
