using System.Globalization;
using System.Text;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// Up to where a log was read back from an archive: the file <c>shipped</c> beside the segments. It proves nothing: before anything is
/// removed here the archive's copy is read again.
/// </summary>
/// <param name="Archive">The archive's own id.</param>
/// <param name="Size">Records.</param>
/// <param name="Place">The archive's folder in full.</param>
internal sealed record ShippedMark(string Archive, long Size, string Place)
{
    private const string FileName = "shipped";
    private const string Schema = "gateway.shipped/v1";
    private const int MaxLength = 8192;

    /// <summary>Whether it is of the archive in a folder, or of one that should be there.</summary>
    public bool IsAt(string archive) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(archive)) == Path.TrimEndingDirectorySeparator(Place);

    /// <summary>What is wrong where its archive isn't the one that is there.</summary>
    public string IsAnother(string archive, string folder) =>
        $"'{archive}' isn't the archive that {Size} records were shipped to: its archive.id is missing, or another one. Mount "
        + $"the right volume; where it was replaced on purpose, remove '{Path.Combine(folder, FileName)}'.";

    /// <summary>Null where there is none, or it isn't as it was written: then all is read back again.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static ShippedMark? Find(string folder)
    {
        var file = Path.Combine(folder, FileName);
        return
            File.Exists(file)
            && Encoding.UTF8.GetString(RegularFile.Read(file, MaxLength)).Split('\n') is [Schema, var archive, var size, var place, ""]
            && NoteText.TryNumber(size, out var records)
            ? new ShippedMark(archive, records, place)
            : null;
    }

    /// <exception cref="IOException">It couldn't be written.</exception>
    public void WriteWhereNew(string folder)
    {
        if (Find(folder) != this)
        {
            AtomicFile.Write(
                Path.Combine(folder, FileName),
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Schema}\n{Archive}\n{Size}\n{Place}\n")),
                synced: true
            );
        }
    }

    /// <summary>Has the next pass read back from a record on what was read back before.</summary>
    /// <exception cref="IOException">It couldn't be written.</exception>
    public static void Rewind(string folder, long first)
    {
        if (Find(folder) is { } mark && mark.Size > first)
        {
            (mark with { Size = first }).WriteWhereNew(folder);
        }
    }
}
