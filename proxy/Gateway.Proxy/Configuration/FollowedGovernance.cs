using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// The governance folder, what was read of it and whose it is, so that a change costs what it changes. Not thread-safe.
/// </summary>
public sealed class FollowedGovernance(string path)
{
    private readonly GovernanceFolder _folder = new(path);
    private Dictionary<string, FileReading> _readings = [];
    private IReadOnlyList<string> _names = [];
    private DividedGovernance? _divided;

    /// <summary>Null where nothing changed since the last look. May block for as long as a disk lets it wait.</summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
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

        foreach (var file in look.Unread)
        {
            readings[file.Name] = FileReading.Unreadable(file.Name, $"This {file.Problem}", "");
        }

        (_readings, _names) = (readings, look.Names);
    }

    /// <summary>Divides what was read by tenant.</summary>
    internal DividedGovernance Divide(IReadOnlyDictionary<Id<Tenant>, CompiledGovernance> inForce) =>
        _divided = DividedGovernance.Divide([.. _names.Select(name => _readings[name])], _divided, inForce);

    private FileReading Read(SourceFile file) => FileReading.Read(file, _readings.GetValueOrDefault(file.Name), keepText: true);
}
