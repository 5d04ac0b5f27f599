using System.Text;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Model;

namespace Gateway.Gait.Traces;

/// <summary>The head of a folder of traces: the last digest, and behind it the name of a trace that was being written.</summary>
/// <param name="Digest">Null where none was written.</param>
/// <param name="Unfinished">A file's name; empty for none.</param>
internal readonly record struct TraceHead(Sha256Digest? Digest, string Unfinished)
{
    public static async Task<TraceHead> ReadAsync(FileStream head, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(head, Encoding.ASCII, leaveOpen: true);
        return Parse(await reader.ReadToEndAsync(cancellationToken));
    }

    public static async Task WriteAsync(FileStream head, string text, CancellationToken cancellationToken)
    {
        head.Position = 0;
        head.SetLength(0);
        await head.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        FileSync.Flush(head);
    }

    /// <exception cref="IOException">It isn't whole.</exception>
    public static TraceHead Parse(string text)
    {
        var lines = text.Split('\n');
        var unfinished = lines.Length > 2 ? lines[1] : "";
        var digest = Sha256Digest.TryParse(lines[0], out var read) ? read : (Sha256Digest?)null;
        return
            text.EndsWith('\n') == (text.Length > 0)
            && (digest is not null || lines[0].Length == 0)
            && (unfinished.Length == 0 || IsTraceName(unfinished))
            ? new TraceHead(digest, unfinished)
            : throw new IOException(
                $"'{TraceFolder.HeadName}' isn't whole: the chain can't be gone on with. Verify the folder, and begin a new one."
            );
    }

    private static bool IsTraceName(string name) =>
        name.StartsWith("trace_", StringComparison.Ordinal)
        && name.EndsWith(".json", StringComparison.Ordinal)
        && !name.AsSpan().ContainsAny('/', '\\');
}
