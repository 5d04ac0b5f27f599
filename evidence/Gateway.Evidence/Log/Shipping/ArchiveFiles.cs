using System.Security.Cryptography;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Model;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// Writes files of an archive: under a name that nobody looks for, onto the disk, then under their own, and reads them back. Whatever
/// isn't the same then wasn't written.
/// </summary>
internal sealed class ArchiveFiles
{
    private const string Draft = ".new";

    /// <summary>No link is followed: it may lead out of the archive.</summary>
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private const int PieceBytes = 1 << 16;

    public delegate void WriteCall(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>The real ones.</summary>
    public static ArchiveFiles Real { get; } = new();

    public WriteCall Write { get; init; } = RandomAccess.Write;

    public Action<string, string> Rename { get; init; } = static (from, to) => File.Move(from, to, overwrite: true);

    /// <summary>Removes what a kill has left in a log's folder and below: nobody else writes there.</summary>
    /// <exception cref="IOException">It can't be removed.</exception>
    public static void RemoveDrafts(string folder)
    {
        foreach (var draft in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Draft, Below) : [])
        {
            File.Delete(draft);
        }
    }

    /// <summary>Copies a segment that must be the sealed one, and is it in the archive behind this.</summary>
    /// <exception cref="IOException">It isn't, there or here, or couldn't be written.</exception>
    public void Copy(string source, string path, SegmentSeal seal)
    {
        using var from = UnblockedOpen.Open(source);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Settle(
            path,
            to =>
            {
                var piece = new byte[PieceBytes];
                int read;
                for (var at = 0L; (read = RandomAccess.Read(from, piece, at)) > 0; at += read)
                {
                    hash.AppendData(piece, 0, read);
                    Write(to, piece.AsSpan(0, read), at);
                    Thread.Yield(); // As where a segment is hashed: requests don't wait for the whole file.
                }
            },
            // Before it has its name: what isn't the sealed segment here mustn't stand there as one.
            () => new Sha256Digest(hash.GetHashAndReset()) == seal.Digest ? null : $"'{source}' isn't the segment that was sealed."
        );
        if (WhyNot(path, seal) is { } wrong)
        {
            throw new IOException(wrong);
        }
    }

    /// <summary>Why a file of the archive isn't the segment that was sealed, read from the disk; null where it is.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static string? WhyNot(string path, SegmentSeal seal)
    {
        if (!File.Exists(path))
        {
            return $"'{path}' is missing from the archive.";
        }

        PageCache.Forget(path);
        return seal.Differs(path) is { } wrong ? $"'{path}' in the archive: {wrong}" : null;
    }

    /// <summary>Writes a small file, unless it is so already.</summary>
    /// <exception cref="IOException">It couldn't be written, or isn't the same when it is read back.</exception>
    public void Put(string path, byte[] content)
    {
        if (Has(path, content))
        {
            return;
        }

        Settle(path, to => Write(to, content, 0), static () => null);
        if (!Has(path, content))
        {
            throw new IOException($"'{path}' in the archive isn't what was written when it is read back.");
        }
    }

    private static bool Has(string path, byte[] content)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        PageCache.Forget(path);
        return RegularFile.Read(path, content.Length + 1).AsSpan().SequenceEqual(content);
    }

    private void Settle(string path, Action<SafeFileHandle> fill, Func<string?> check)
    {
        var folder = JournalFolder.Make(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}{Draft}"; // Two may write one file at once.
        try
        {
            using (var to = File.OpenHandle(draft, FileMode.CreateNew, FileAccess.Write))
            {
                fill(to);
                FileSync.Flush(to);
            }

            if (check() is { } wrong)
            {
                throw new IOException(wrong);
            }

            Rename(draft, path);
        }
        catch
        {
            Discard(draft); // Each try has its own: on a full disk they would take what becomes free.
            throw;
        }

        DirectorySync.Flush(folder);
    }

    private static void Discard(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { } // What went wrong before is what is said.
    }
}
