using System.Security.Cryptography;
using System.Text;
using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// Tells one archive from another: <c>archive.id</c> in its folder, made by whoever ships there first. Without it the empty folder that a
/// volume is mounted at would pass for the archive while the volume isn't there.
/// </summary>
internal static class ArchiveId
{
    private const string FileName = "archive.id";
    private const int Digits = 32;

    /// <summary>The archive's; made where there is none, unless a log was shipped to this place: then its volume isn't mounted.</summary>
    /// <param name="logs">The folders of the logs that are shipped.</param>
    /// <exception cref="IOException">The archive isn't there, can't be written, or had an id.</exception>
    public static string Take(string archive, IEnumerable<string> logs)
    {
        if (!Directory.Exists(archive))
        {
            throw new DirectoryNotFoundException($"The archive '{archive}' isn't there: mount it, or make the folder.");
        }

        var file = Path.Combine(archive, FileName);
        if (!File.Exists(file))
        {
            foreach (var log in logs)
            {
                Demand(archive, ShippedMark.Find(log), log);
            }

            Make(file);
            DirectorySync.Flush(archive);
        }

        return Read(file);
    }

    /// <summary>Sees that the archive is the one that a log was shipped to.</summary>
    /// <param name="mark">The log's; null where it was never shipped.</param>
    /// <exception cref="IOException">It isn't, or isn't there.</exception>
    public static void Demand(string archive, ShippedMark? mark, string log)
    {
        if (!Directory.Exists(archive))
        {
            throw new DirectoryNotFoundException($"The archive '{archive}' isn't there, and the beginning of '{log}' is in it: mount it.");
        }

        if (mark?.IsAt(archive) == true && Find(archive) != mark.Archive)
        {
            throw new IOException(mark.IsAnother(archive, log));
        }
    }

    /// <summary>The archive's; null where there is none.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    private static string? Find(string archive) => Path.Combine(archive, FileName) is var file && File.Exists(file) ? Read(file) : null;

    private static string Read(string file)
    {
        var id = Encoding.ASCII.GetString(RegularFile.Read(file, Digits + 2)).TrimEnd('\n');
        return LogId.TryParse(id, out _) ? id : throw new IOException($"'{file}' isn't an archive's id.");
    }

    private static void Make(string file)
    {
        // Two replicas may begin at once: the name is given once only, to a file that is whole.
        var draft = $"{file}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            stream.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(Digits, lowercase: true) + "\n"));
            FileSync.Flush(stream);
        }

        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft); // The other one was first.
        }
    }
}
