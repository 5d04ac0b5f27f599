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
    private const int Often = 8;

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
    /// Of the ways that these requests went, the shortest that was gone often: its lines, in the order in which they were first come to,
    /// and how many digests it computed. Not simply the one that was gone most often, since what is looked at every few milliseconds is
    /// looked at in most calls of a busy machine. The process must have ended.
    /// </summary>
    public (IReadOnlyList<SourceLine> Lines, int Digests) MostUsualWay(IEnumerable<string> traceIds)
    {
        var ways = traceIds.Select(id => File.ReadAllText(Recording.FileOf(_folder.Path, id))).ToList();
        var often = ways.CountBy(way => way, StringComparer.Ordinal)
            .OrderByDescending(way => way.Value)
            .TakeWhile((way, i) => i == 0 || way.Value * Often >= ways.Count);
        var usual = often.MinBy(way => way.Key.Length).Key.Split('\n');
        return (
            [.. usual[1].Split(' ').Select(number => _lines[int.Parse(number, CultureInfo.InvariantCulture)])],
            int.Parse(usual[0], CultureInfo.InvariantCulture)
        );
    }

    public void Dispose() => _folder.Dispose();

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
