using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>The file of a tile or bundle, and what is in it.</summary>
/// <param name="File">Full, or one of its partial ones.</param>
internal readonly record struct FoundTile(string File, byte[] Bytes)
{
    /// <value>Looks for a file: in a log that grows, each may find that the one it saw has just been replaced by a wider one.</value>
    private const int Looks = 16;

    /// <summary>
    /// Reads one that holds at least so much of the tile: the full one, the one of this width, or a wider partial one. Null for none.
    /// </summary>
    /// <param name="full">The full tile's path.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public static FoundTile? Read(string full, int width)
    {
        for (var look = 0; look < Looks; look++)
        {
            try
            {
                if (Find(full, width) is { } file)
                {
                    return new FoundTile(file, RegularFile.Read(file, EntryBundle.MaxLength + 1));
                }
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // It was there a moment ago.
            }
        }

        return null;
    }

    private static string? Find(string full, int width)
    {
        if (System.IO.File.Exists(full))
        {
            return full;
        }

        var exact = TilePath.Partial(full, width);
        if (width == TilePath.Width || System.IO.File.Exists(exact))
        {
            return width == TilePath.Width ? null : exact;
        }

        // The log has grown meanwhile: a wider one begins with the same.
        var partials = TilePath.Partials(full);
        return Directory.Exists(partials)
            ? Directory
                .EnumerateFiles(partials)
                .FirstOrDefault(file => int.TryParse(Path.GetFileName(file), out var wider) && wider > width)
            : null;
    }
}
