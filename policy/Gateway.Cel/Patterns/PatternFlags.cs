namespace Gateway.Cel.Patterns;

/// <summary>What is set inside a group of a pattern.</summary>
internal struct PatternFlags
{
    public bool IgnoresCase { get; private set; }

    public bool IsMultiline { get; private set; }

    public bool MatchesLineEnds { get; private set; }

    /// <summary>
    /// Reads what follows <c>(?</c> up to its colon or bracket. False where it sets flags for the rest of the group and has none of its
    /// own.
    /// </summary>
    /// <exception cref="PatternException">It is look-around, or a flag that isn't known.</exception>
    public static bool Read(PatternReader reader, ref PatternFlags flags)
    {
        var value = true;
        while (true)
        {
            switch (reader.Take())
            {
                case ':':
                    return true;
                case ')':
                    return false;
                case '-' when value:
                    value = false;
                    break;
                case 'i':
                    flags.IgnoresCase = value;
                    break;
                case 'm':
                    flags.IsMultiline = value;
                    break;
                case 's':
                    flags.MatchesLineEnds = value;
                    break;
                case 'U':
                    break;
                default:
                    throw new PatternException(
                        "the pattern has a group that isn't supported; look-around and back references aren't, "
                            + "because they take unbounded time"
                    );
            }
        }
    }
}
