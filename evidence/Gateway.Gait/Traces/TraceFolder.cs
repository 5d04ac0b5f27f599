using System.Text;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Gait.Traces;

/// <summary>
/// A folder of chained traces. One writer at a time, over processes: the file that holds the last digest is locked while a trace is
/// written. What can't be written is an exception, so that nothing is decided without a trace.
/// </summary>
public sealed class TraceFolder(string folder, TimeProvider time)
{
    /// <summary>Holds the last trace's digest in hexadecimal.</summary>
    public const string HeadName = "traces.head";

    private const int NameDigits = 12;
    private const int MaxHead = 4096;
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(3);

    /// <returns>The trace and the file that it lies in.</returns>
    /// <exception cref="IOException">It couldn't be written, or another writer held the folder for 3 s.</exception>
    public async Task<(SignedTrace Trace, string File)> AppendAsync(
        TraceSubject subject,
        Ed25519PrivateKey key,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(folder);
        await using var head = await LockAsync(cancellationToken);
        var (previous, unfinished) = await ReadHeadAsync(head, cancellationToken);
        if (unfinished.Length > 0)
        {
            // Its writer was killed before the decision was given out.
            File.Delete(Path.Combine(folder, unfinished));
        }

        var trace = SignedTrace.Write(subject with { Previous = previous }, key);
        var name = previous is null ? $"trace_{trace.TraceId}.json" : $"trace_{trace.TraceId}_{previous.ToString()![..NameDigits]}.json";
        await WriteHeadAsync(head, $"{previous}\n{name}\n", cancellationToken);
        var file = Path.Combine(folder, name);
        await WriteAsync(file, trace.Bytes, cancellationToken);
        await WriteHeadAsync(head, $"{trace.Digest}\n", cancellationToken);
        return (trace, file);
    }

    /// <summary>The last trace's digest; null where none was written.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static Sha256Digest? Head(string folder)
    {
        var file = Path.Combine(folder, HeadName);
        return File.Exists(file) ? Parse(Encoding.ASCII.GetString(RegularFile.Read(file, MaxHead))).Digest : null;
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); ; )
        {
            if (ExclusiveFile.TryOpen(Path.Combine(folder, HeadName)) is { } head)
            {
                return head;
            }

            if (time.GetElapsedTime(start) >= LockTimeout)
            {
                throw new IOException($"Another process has held '{HeadName}' for {LockTimeout.TotalSeconds:F0} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
        }
    }

    private static async Task<(Sha256Digest? Digest, string Unfinished)> ReadHeadAsync(FileStream head, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(head, Encoding.ASCII, leaveOpen: true);
        return Parse(await reader.ReadToEndAsync(cancellationToken));
    }

    private static async Task WriteHeadAsync(FileStream head, string text, CancellationToken cancellationToken)
    {
        head.Position = 0;
        head.SetLength(0);
        await head.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        FileSync.Flush(head);
    }

    /// <summary>The digest, and behind it the name of a trace that was being written; either may be empty.</summary>
    private static (Sha256Digest? Digest, string Unfinished) Parse(string text)
    {
        var lines = text.Split('\n');
        var unfinished = lines.Length > 2 ? lines[1] : "";
        var digest = Sha256Digest.TryParse(lines[0], out var read) ? read : (Sha256Digest?)null;
        return
            text.EndsWith('\n') == (text.Length > 0)
            && (digest is not null || lines[0].Length == 0)
            && (unfinished.Length == 0 || IsTraceName(unfinished))
            ? (digest, unfinished)
            : throw new IOException($"'{HeadName}' isn't whole: the chain can't be gone on with. Verify the folder, and begin a new one.");
    }

    private static bool IsTraceName(string name) =>
        name.StartsWith("trace_", StringComparison.Ordinal)
        && name.EndsWith(".json", StringComparison.Ordinal)
        && !name.AsSpan().ContainsAny('/', '\\');

    private static async Task WriteAsync(string file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var temporary = file + ".tmp";
        await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await stream.WriteAsync(bytes, cancellationToken);
            FileSync.Flush(stream);
        }

        File.Move(temporary, file, overwrite: true);
    }
}
