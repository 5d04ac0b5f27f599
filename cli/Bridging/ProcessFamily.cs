using System.Globalization;
using System.Text;

namespace Gateway.Cli.Bridging;

/// <summary>
/// A program and all that it has started, wherever that went: the processes of its group and session, their children, and whoever carries
/// its mark in the environment, such as a browser that leads a session of its own and has outlived who started it. Who has cleared its
/// environment, left the session and lost its parent isn't found: only a sandbox holds that.
/// </summary>
/// <param name="leader">The program's process id, which leads its group and session.</param>
/// <param name="mark">The variable that the program was started with, <c>name=value</c>.</param>
internal sealed class ProcessFamily(int leader, string mark)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly byte[] _mark = Encoding.UTF8.GetBytes(mark + '\0');

    public int Leader => leader;

    /// <summary>Sends all of it a signal.</summary>
    /// <returns>False where nobody is left.</returns>
    public bool Signal(int signal)
    {
        var members = Members();
        foreach (var member in members)
        {
            NativeCalls.Signal(member, signal);
        }

        return members.Count > 0;
    }

    /// <summary>Until nobody is left.</summary>
    /// <param name="signal">Sent again and again, to those who were born meanwhile too; null only waits.</param>
    /// <returns>False where the time was over first.</returns>
    public async Task<bool> IsGoneAsync(TimeSpan time, int? signal = null)
    {
        for (var start = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Between))
        {
            if (signal is { } sent ? !Signal(sent) : Members().Count == 0)
            {
                return true;
            }

            if (TimeProvider.System.GetElapsedTime(start) > time)
            {
                return false;
            }
        }
    }

    /// <summary>The living; a zombie only waits for its parent.</summary>
    private HashSet<int> Members()
    {
        var all = new List<(int Id, int Parent)>();
        var found = new HashSet<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read(folder) is var (parent, group, session)
            )
            {
                all.Add((id, parent));
                if (id == leader || group == leader || session == leader || IsMarked(folder))
                {
                    found.Add(id);
                }
            }
        }

        for (var before = -1; before != found.Count; )
        {
            before = found.Count;
            found.UnionWith(all.Where(process => found.Contains(process.Parent)).Select(process => process.Id));
        }

        return found;
    }

    /// <summary>Null for one that has ended.</summary>
    private static (int Parent, int Group, int Session)? Read(string folder)
    {
        try
        {
            // 12 (a name, with anything in it) S 1 12 12 …
            var stat = File.ReadAllText(folder + "/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 5);
            return fields[0] is "Z" or "X"
                ? null
                : (
                    int.Parse(fields[1], CultureInfo.InvariantCulture),
                    int.Parse(fields[2], CultureInfo.InvariantCulture),
                    int.Parse(fields[3], CultureInfo.InvariantCulture)
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool IsMarked(string folder)
    {
        try
        {
            return File.ReadAllBytes(folder + "/environ").AsSpan().IndexOf(_mark) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or one that has ended.
            return false;
        }
    }
}
