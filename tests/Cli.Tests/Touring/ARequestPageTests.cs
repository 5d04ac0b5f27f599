using System.Globalization;
using System.Text;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Touring;

/// <summary>
/// The page has every file that a call comes to, and they aren't more than somebody can read. Run once with GATEWAY_WRITE_DOCS=1 to write
/// the tables anew.
/// </summary>
public sealed class ARequestPageTests
{
    /// <value>How much of the source one call may come to. They only go down: who makes the way shorter lowers them.</value>
    private const int MostFiles = 201;
    private const int MostLines = 2800;

    private static readonly GeneratedPage Page = new("a-request.md");

    /// <summary>Taken once, for all that is asked of it.</summary>
    private static readonly Lazy<Task<(IReadOnlyList<TouredFile> Files, int Digests)>> Taken = new(Tour.TakeAsync);

    [ReleaseFact]
    public async Task Page_ShowsTheWayOfACall()
    {
        var (files, _) = await Taken.Value;

        Page.AssertShows("totals", string.Create(CultureInfo.InvariantCulture, $"**{files.Count} files, {LinesOf(files):N0} lines.**\n"));
        Page.AssertShows("files", FileTable(files));
        Page.AssertShows("folders", FolderTable(files));
    }

    [ReleaseFact]
    public async Task Call_ComesToNoMoreThanSomebodyCanRead()
    {
        var (files, _) = await Taken.Value;

        Assert.True(
            files.Count <= MostFiles && LinesOf(files) <= MostLines,
            $"A call comes to {files.Count} files and {LinesOf(files)} lines; {MostFiles} and {MostLines} are the most that it may. "
                + "What was added to its way shows where docs/a-request.md changes when it is written anew."
        );
    }

    /// <summary>
    /// The body, the signature, the headers that go on, the token when it is made and when it opens the vault, the body once more before it
    /// goes, the answer, and each of the two records; and three tags by a key: of each record, and of the mark that the answer's end is on
    /// its way. A body that is redacted is one more.
    /// </summary>
    [ReleaseFact]
    public async Task Call_ComputesNoDigestTwice()
    {
        var (_, digests) = await Taken.Value;

        Assert.Equal(12, digests);
    }

    private static int LinesOf(IEnumerable<TouredFile> files) => files.Sum(file => file.Lines);

    private static string FileTable(IEnumerable<TouredFile> files)
    {
        var table = new StringBuilder("| | file | lines | what it is |\n| ---: | --- | ---: | --- |\n");
        foreach (var (i, file) in files.Index())
        {
            var summary = Summary.Of(File.ReadAllText(Path.Combine(Repository.Root, file.Path)));
            table.Append(CultureInfo.InvariantCulture, $"| {i + 1} | [{file.Path}](../{file.Path}) | {file.Lines} | {summary} |\n");
        }

        return table.ToString();
    }

    private static string FolderTable(IEnumerable<TouredFile> files)
    {
        var table = new StringBuilder("| folder | files | lines |\n| --- | ---: | ---: |\n");
        foreach (var folder in files.GroupBy(file => file.Folder))
        {
            table.Append(CultureInfo.InvariantCulture, $"| {folder.Key} | {folder.Count()} | {LinesOf(folder)} |\n");
        }

        return table.ToString();
    }
}
