using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Archives;
using Gateway.Gait.Regress;
using Gateway.Gait.Regress.Fixtures;
using Gateway.Policy.Documents;

namespace Gateway.Cli.Regression;

/// <summary>Regression tests on disk: a configuration, and a folder a fixture beside it.</summary>
/// <param name="Config">The configuration's path; fixtures lie beside it.</param>
internal sealed record FixtureFolder(string Config)
{
    private const int MostJson = 4 * 1024 * 1024;

    private string Root => Path.GetDirectoryName(Path.GetFullPath(Config))!;

    public string FolderOf(string name) => Path.Combine(Root, RegressConfig.FixturesFolder, name);

    /// <summary>Writes a fixture and lists all that are there.</summary>
    /// <param name="force">Whether one that is there is written over.</param>
    /// <param name="again">Whether the very same fixture may be there already.</param>
    /// <exception cref="InvalidInputException">It is there already.</exception>
    public void Add(NewFixture made, ReadOnlySpan<byte> pack, bool force, bool again)
    {
        var folder = FolderOf(made.Fixture.Name);
        if (Directory.Exists(folder) && !force)
        {
            if (again && Holds(folder, made, pack))
            {
                return;
            }

            throw new InvalidInputException(
                $"There is a fixture '{made.Fixture.Name}' already.",
                "Take another --name, or --force to record it anew."
            );
        }

        ArtifactFile.Write(Path.Combine(folder, RegressFixture.PackName), pack);
        foreach (var (file, content) in made.Requests)
        {
            ArtifactFile.Write(Path.Combine(folder, file), content);
        }

        ArtifactFile.Write(Path.Combine(folder, RegressFixture.FileName), made.Fixture.ToBytes());
        ArtifactFile.Write(Config, List().ToBytes());
    }

    private static bool Holds(string folder, NewFixture made, ReadOnlySpan<byte> pack) =>
        IsSame(folder, RegressFixture.PackName, pack)
        && IsSame(folder, RegressFixture.FileName, made.Fixture.ToBytes())
        && made.Requests.All(request => IsSame(folder, request.File, request.Content));

    private static bool IsSame(string folder, string name, ReadOnlySpan<byte> content) =>
        Path.Combine(folder, name) is var path && File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);

    /// <param name="policy">Judges all cases in place of the fixtures' own policies; null for those.</param>
    /// <param name="candidate">A run for the one fixture that there is; null for the fixtures' own.</param>
    /// <exception cref="InvalidInputException">The configuration or a fixture can't be read.</exception>
    public (RegressConfig Config, IReadOnlyList<FixtureFiles> Fixtures) Read(string? policy, string? candidate)
    {
        var config = RegressConfig.Read(ArtifactFile.Read(Config, MostJson), Config);
        if (candidate is not null && config.Fixtures.Count != 1)
        {
            throw new InvalidInputException(
                "--candidate needs exactly one fixture.",
                "Name the other runs in the fixtures, as 'candidate_runpack'."
            );
        }

        return (config, [.. config.Fixtures.Select(fixture => ReadFixture(fixture.Name, policy, candidate))]);
    }

    private FixtureFiles ReadFixture(string name, string? policy, string? candidate)
    {
        var folder = FolderOf(name);
        var file = Path.Combine(folder, RegressFixture.FileName);
        var fixture = RegressFixture.Read(ArtifactFile.Read(file, MostJson), file);
        var recorded = Path.Combine(folder, RegressFixture.PackName);
        var other =
            candidate is not null ? ArtifactPaths.Resolve(candidate)
            : fixture.Candidate.Length > 0 ? Path.Combine(folder, fixture.Candidate)
            : null;
        var (judge, problem) = Judge(policy ?? (fixture.Policy.Length > 0 ? Path.Combine(Root, fixture.Policy) : null));
        return new FixtureFiles(
            fixture,
            ReadPack(recorded),
            other is null ? null : ReadPack(other),
            other is not null && IsSame(recorded, other)
        )
        {
            Request = request => ReadRequest(folder, request),
            Policy = judge,
            PolicyProblem = problem,
        };
    }

    private RegressConfig List()
    {
        var names = Directory
            .GetDirectories(Path.Combine(Root, RegressConfig.FixturesFolder))
            .Where(folder => File.Exists(Path.Combine(folder, RegressFixture.FileName)))
            .Order(StringComparer.Ordinal);
        return new RegressConfig(
            "default",
            [
                .. names.Select(folder =>
                {
                    var file = Path.Combine(folder, RegressFixture.FileName);
                    return (Path.GetFileName(folder), RegressFixture.Read(ArtifactFile.Read(file, MostJson), file).RunId);
                }),
            ]
        );
    }

    public static PolicyJudge ReadPolicy(string path) => PolicyJudge.Parse(path, ArtifactFile.ReadText(path, SourceFile.MaxBytes));

    private static (PolicyJudge? Judge, string Problem) Judge(string? path)
    {
        try
        {
            return (path is null ? null : ReadPolicy(path), "");
        }
        catch (Exception e) when (e is InvalidInputException or RegressException)
        {
            return (null, e.Message);
        }
    }

    private static RunpackReading ReadPack(string path)
    {
        try
        {
            return RunpackReader.Read(ArtifactFile.Read(path, PackLimits.ArchiveBytes));
        }
        catch (InvalidInputException e)
        {
            return new RunpackReading(null, new ArtifactProblem(ProblemCodes.MissingMember, "", e.Message), 0);
        }
    }

    private static byte[]? ReadRequest(string folder, string request)
    {
        var path = Path.Combine(folder, request);
        return PackLimits.IsName(request) && File.Exists(path) ? ArtifactFile.Read(path, MostJson) : null;
    }

    /// <summary>One file under two names is one file.</summary>
    private static bool IsSame(string left, string right) => Real(left) == Real(right);

    private static string Real(string path) =>
        File.Exists(path)
            ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path)
            : Path.GetFullPath(path);
}
