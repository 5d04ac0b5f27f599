namespace Gateway.Gait.Packs.Archives;

/// <summary>What a pack may weigh. A pack comes from anywhere: nothing in it may decide how much memory its reader takes.</summary>
public static class PackLimits
{
    /// <value>128 MiB: the pack's file as it lies.</value>
    public const int ArchiveBytes = 128 * 1024 * 1024;

    /// <value>100 MiB a member, as Gait has it.</value>
    public const int MemberBytes = 100 * 1024 * 1024;

    /// <value>256 MiB for all members together.</value>
    public const int TotalBytes = 256 * 1024 * 1024;

    /// <value>Times that a member above <see cref="FreeBytes"/> may have been compressed.</value>
    public const int Ratio = 200;

    /// <value>1 MiB.</value>
    public const int FreeBytes = 1024 * 1024;

    /// <value>Members.</value>
    public const int Members = 1000;

    /// <value>Characters of a member's name.</value>
    public const int NameLength = 200;

    /// <summary>Letters, digits, <c>. _ - /</c>; no folder named by dots, no empty one, not absolute.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > NameLength || name.ContainsAnyExcept(Allowed))
        {
            return false;
        }

        foreach (var part in name.Split('/'))
        {
            if (name[part] is "" or "." or "..")
            {
                return false;
            }
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/"
    );
}
