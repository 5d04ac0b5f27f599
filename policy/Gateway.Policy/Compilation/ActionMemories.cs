using System.Collections.Concurrent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>One agent's memories, one an operation that is granted to it. Thread-safe.</summary>
internal sealed class ActionMemories(AgentDossier owner)
{
    private readonly ConcurrentDictionary<(Id<Connector>, Id<Operation>), ActionMemory> _byOperation = [];

    /// <summary>Whose they are, and nobody else's.</summary>
    public AgentDossier Owner => owner;

    /// <summary>Null for an operation that isn't granted, so that nobody can fill the memory.</summary>
    public ActionMemory? Of(Id<Connector> connector, Id<Operation> operation) =>
        _byOperation.TryGetValue((connector, operation), out var memory) ? memory
        : owner.Permissions.ContainsKey((connector, operation)) ? _byOperation.GetOrAdd((connector, operation), _ => new ActionMemory())
        : null;
}
