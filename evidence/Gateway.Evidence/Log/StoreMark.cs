using System.Globalization;
using System.Text;
using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log;

/// <summary>
/// The newest change of its tenant's store that a log's writer knew of: the file <c>changes</c> beside the segments. It proves nothing. A
/// store that lacks the change was put back from a copy, and is held against the journal. Without a mark the journal is read whole.
/// </summary>
/// <param name="Sequence">The change's number; 0 where there was none.</param>
/// <param name="ChangeId">32 hexadecimal digits; empty where there was none.</param>
public sealed record StoreMark(long Sequence, string ChangeId)
{
    internal const string FileName = "changes";

    private const string Schema = "gateway.changes/v1";
    private const int IdLength = 32;
    private const int MaxLength = 128;

    /// <summary>The newest of a tenant's logs in this journal; null where none has one, or one isn't as it was written.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file can't be read.</exception>
    public static StoreMark? Newest(string root, string tenant)
    {
        var home = Path.Combine(root, tenant);
        StoreMark? newest = null;
        foreach (var log in Directory.Exists(home) ? Directory.GetDirectories(home) : [])
        {
            var file = Path.Combine(log, FileName);
            if (!File.Exists(file))
            {
                continue;
            }

            if (Read(RegularFile.Read(file, MaxLength + 1)) is not { } mark)
            {
                return null;
            }

            newest = newest is null || mark.Sequence > newest.Sequence ? mark : newest;
        }

        return newest;
    }

    internal byte[] ToBytes() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Schema} {Sequence} {ChangeId}\n"));

    /// <summary>Null for what isn't one.</summary>
    internal static StoreMark? Read(ReadOnlySpan<byte> bytes) =>
        Encoding.ASCII.GetString(bytes).Split(' ') is [Schema, var number, [.. var id, '\n']]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        && id.Length == (sequence == 0 ? 0 : IdLength)
        && id.All(char.IsAsciiHexDigitLower)
            ? new StoreMark(sequence, id)
            : null;
}
