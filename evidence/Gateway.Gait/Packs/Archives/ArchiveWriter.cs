namespace Gateway.Gait.Packs.Archives;

/// <summary>
/// Writes packs as ZIP files: members in the order of their names, one fixed time, nothing compressed. Deflate is left out because two
/// builds of it give two results; stored, the same members are the same bytes on every machine.
/// </summary>
public static class ArchiveWriter
{
    /// <exception cref="ArgumentException">A name is refused or there twice, or a limit of <see cref="PackLimits"/> is passed.</exception>
    public static byte[] Write(IEnumerable<PackMember> members)
    {
        var ordered = members.OrderBy(member => member.Name, StringComparer.Ordinal).ToList();
        Check(ordered);
        using var output = new MemoryStream();
        var offsets = new List<uint>();
        foreach (var member in ordered)
        {
            offsets.Add((uint)output.Length);
            ZipHeaders.Write(output, member, offset: null);
            output.Write(member.Content.Span);
        }

        var directory = (uint)output.Length;
        for (var i = 0; i < ordered.Count; i++)
        {
            ZipHeaders.Write(output, ordered[i], offsets[i]);
        }

        ZipHeaders.WriteEnd(output, (ushort)ordered.Count, directory, (uint)output.Length - directory);
        return output.ToArray();
    }

    private static void Check(List<PackMember> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (!PackLimits.IsName(members[i].Name) || members[i].Content.Length > PackLimits.MemberBytes)
            {
                throw new ArgumentException(
                    $"'{members[i].Name}' can't be a member of a pack: its name or its size is out of bounds.",
                    nameof(members)
                );
            }

            if (i > 0 && members[i].Name == members[i - 1].Name)
            {
                throw new ArgumentException($"'{members[i].Name}' is there twice.", nameof(members));
            }
        }

        if (members.Count > PackLimits.Members || members.Sum(member => (long)member.Content.Length) > PackLimits.ArchiveBytes / 2)
        {
            throw new ArgumentException("A pack can't hold that much.", nameof(members));
        }
    }
}
