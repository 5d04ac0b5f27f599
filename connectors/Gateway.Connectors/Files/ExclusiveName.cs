using System.Runtime.InteropServices;

namespace Gateway.Connectors.Files;

/// <summary>
/// A second name for a file that no other file has. Where a name is there already, the operating system says so in the same step. Moving a
/// file without overwriting isn't that: off Windows .NET looks whether the name is free and then renames, and of two that do so at once the
/// later replaces what the earlier has made and rests on.
/// </summary>
internal static class ExclusiveName
{
    /// <value>Of <c>link(2)</c>, on Linux and macOS.</value>
    private const int NameIsTaken = 17;

    /// <summary>False where the name is taken. The file may keep its first name or not.</summary>
    /// <exception cref="IOException">The name can't be given.</exception>
    public static bool TryLink(string file, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryMove(file, name);
        }

        if (Link(file, name) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NameIsTaken
            ? false
            : throw new IOException(
                $"The file '{name}' can't be made ({Marshal.GetPInvokeErrorMessage(error)}): "
                    + "its file system must have hard links, and this process may write there."
            );
    }

    private static bool TryMove(string file, string name)
    {
        try
        {
            File.Move(file, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
