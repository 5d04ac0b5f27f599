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

    /// <summary>The archive's; made where there is none.</summary>
    /// <exception cref="IOException">The archive isn't there, or can't be written.</exception>
    public static string Take(string archive)
    {
        if (!Directory.Exists(archive))
        {
            throw new DirectoryNotFoundException($"The archive '{archive}' isn't there: mount it, or make the folder.");
        }

        var file = Path.Combine(archive, FileName);
        if (!File.Exists(file))
        {
            Make(file);
            DirectorySync.Flush(archive);
        }

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
