using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// The governance folder, what was read of it and what was compiled, so that a change costs what it changes. Not thread-safe.
/// </summary>
public sealed class FollowedGovernance(string path)
{
    private readonly GovernanceFolder _folder = new(path);
    private Dictionary<string, FileReading> _readings = [];
    private IReadOnlyList<string> _names = [];
    private CompiledGovernance? _compiled;

    /// <summary>Null where nothing changed since the last look. May block for as long as a disk lets it wait.</summary>
    /// <exception cref="IOException">The folder or a file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    internal FolderLook? Look(bool thorough) => _folder.Look(thorough);

    /// <summary>Reads what changed, document by document.</summary>
    internal void Take(FolderLook look)
    {
        var readings = new Dictionary<string, FileReading>(look.Names.Count);
        foreach (var name in look.Names)
        {
            if (_readings.TryGetValue(name, out var before))
            {
                readings.Add(name, before);
            }
        }

        try
        {
            foreach (var reading in look.Changed.AsParallel().Select(Read))
            {
                readings[reading.Name] = reading;
            }
        }
        catch
        {
            _folder.Forget(); // It takes these files for known now.
            throw;
        }

        (_readings, _names) = (readings, look.Names);
    }

    /// <summary>Compiles what was read.</summary>
    internal Validated<CompiledGovernance> Compile()
    {
        var result = GovernanceCompiler.Compile([.. _names.Select(name => _readings[name])], _compiled);
        _compiled = result.Value ?? _compiled;
        return result;
    }

    private FileReading Read(SourceFile file) => FileReading.Read(file, _readings.GetValueOrDefault(file.Name), keepText: true);
}
