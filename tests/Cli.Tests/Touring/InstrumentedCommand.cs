using System.Globalization;
using System.Text.Json;
using Gateway.Testing;
using Gateway.Testing.Recorder;

namespace Gateway.Cli.Tests.Touring;

/// <summary>
/// A copy of the built command that records which lines of its source a marked request comes to. Everything else in it is as it was built.
/// </summary>
internal sealed class InstrumentedCommand : IDisposable
{
    private const string Name = "gateway";

    /// <value>A way is gone often where at least one request in so many went it.</value>
    private const int Often = 24;

    private readonly TemporaryDirectory _folder = new();
    private readonly SourceLines _lines = new();

    public InstrumentedCommand()
    {
        Copy(new DirectoryInfo(AppContext.BaseDirectory), _folder.Path);
        foreach (var assembly in OwnAssemblies())
        {
            Instrumentation.Add(_folder.File(assembly), _lines);
        }
    }

    public string Path => _folder.File(Name + ".dll");

    /// <summary>What must be named as a startup hook to whatever runs it.</summary>
    public string Hook => _folder.File(System.IO.Path.GetFileName(typeof(Recording).Assembly.Location));

    /// <summary>
    /// Of the ways that these requests went often, the shortest on which the request's own threads did all the work: its lines, in the
    /// order in which they were first come to, and how many digests it computed. Not simply the one that was gone most often: where the
    /// machine is busy, most calls look at what is looked at every few milliseconds, and behind a slow disk the journal's own thread writes
    /// their records, which shows as fewer digests. The process must have ended.
    /// </summary>
    public (IReadOnlyList<SourceLine> Lines, int Digests) UsualWay(IReadOnlyCollection<string> traceIds)
    {
        var counted = traceIds
            .Select(id => File.ReadAllText(Recording.FileOf(_folder.Path, id)))
            .CountBy(way => way, StringComparer.Ordinal);
        var ways = counted.OrderByDescending(way => way.Value).ToList();
        var often = ways.TakeWhile((way, i) => i == 0 || way.Value * Often >= traceIds.Count).Select(way => way.Key.Split('\n'));
        var usual = often.OrderByDescending(DigestsOf).ThenBy(way => way[1].Length).First();
        return ([.. usual[1].Split(' ').Select(number => _lines[int.Parse(number, CultureInfo.InvariantCulture)])], DigestsOf(usual));
    }

    public void Dispose() => _folder.Dispose();

    private static int DigestsOf(string[] way) => int.Parse(way[0], CultureInfo.InvariantCulture);

    /// <summary>Those that projects of this repository made, however many there are.</summary>
    private static IEnumerable<string> OwnAssemblies()
    {
        var file = System.IO.Path.Combine(AppContext.BaseDirectory, Name + ".deps.json");
        using var dependencies = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. from library in dependencies.RootElement.GetProperty("libraries").EnumerateObject()
            where library.Value.GetProperty("type").GetString() == "project"
            select library.Name.Split('/')[0] + ".dll",
        ];
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(System.IO.Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories())
        {
            Copy(folder, System.IO.Path.Combine(to, folder.Name));
        }
    }
}
