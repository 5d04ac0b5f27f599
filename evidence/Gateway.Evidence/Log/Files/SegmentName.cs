using System.Globalization;

namespace Gateway.Evidence.Log.Files;

/// <summary>
/// The name of a segment's file: <c>segment-</c>, the index of its first record in 20 digits, <c>.log</c>. Order of names is order of
/// records.
/// </summary>
internal static class SegmentName
{
    public const string Pattern = "segment-*.log";
    private const int Digits = 20;
    private const string Prefix = "segment-";
    private const string Suffix = ".log";

    public static string Of(long firstIndex) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{firstIndex:D20}{Suffix}");

    /// <summary>A log's segments in order.</summary>
    public static string[] List(string folder)
    {
        var files = Directory.GetFiles(folder, Pattern);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>Where a segment stands in a list of them; the first place for none, behind the last for one that isn't there.</summary>
    public static int Find(string[] files, string? segment)
    {
        var place = segment is null ? 0 : Array.IndexOf(files, segment);
        return place < 0 ? files.Length : place;
    }

    public static bool TryParse(string path, out long firstIndex)
    {
        var name = Path.GetFileName(path.AsSpan());
        firstIndex = -1;
        return name.Length == Prefix.Length + Digits + Suffix.Length
            && long.TryParse(name.Slice(Prefix.Length, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out firstIndex);
    }
}
