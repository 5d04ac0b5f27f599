using System.Globalization;

namespace Gateway.Gait.Packs;

/// <summary>The first thing that is wrong with a pack or a trace, and where.</summary>
/// <param name="Code">A word for programs, such as <c>hash_mismatch</c>; the documentation lists them.</param>
/// <param name="Member">The file inside the pack; empty for the pack itself.</param>
/// <param name="Detail">A sentence. It quotes no content but names and digests.</param>
public sealed record PackProblem(string Code, string Member, string Detail)
{
    /// <summary>The line of a JSONL member, from 1; null where there are no lines.</summary>
    public int? Record { get; init; }

    /// <summary>The byte of the pack's file at which it shows; null where no one byte is to blame.</summary>
    public long? Offset { get; init; }

    public override string ToString()
    {
        var place = Member.Length == 0 ? "" : Member + ": ";
        var record = Record is { } line ? string.Create(CultureInfo.InvariantCulture, $"record {line}: ") : "";
        var offset = Offset is { } at ? string.Create(CultureInfo.InvariantCulture, $" (byte {at})") : "";
        return $"{place}{record}{Detail}{offset} [{Code}]";
    }
}
