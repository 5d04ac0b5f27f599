namespace Gateway.Cel.Text;

/// <summary>
/// The order of texts by code points, which is the order of their UTF-8 bytes. Rule files and intents are sorted so, because their digests
/// are compared with those of implementations that sort bytes.
/// </summary>
public sealed class CodePointOrder : IComparer<string>
{
    public static CodePointOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        var common = left.AsSpan().CommonPrefixLength(right);
        return common == left.Length || common == right.Length ? left.Length - right.Length : Rank(left[common]) - Rank(right[common]);
    }

    /// <summary>Surrogates stand for characters beyond U+FFFF, which come after all others.</summary>
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
