using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>What a schema says of members by their names.</summary>
/// <param name="Schema">For the member's value; null where there is none.</param>
/// <param name="Dependent">For the object where it has the member.</param>
/// <param name="Needed">The members that must be there where this one is.</param>
internal readonly record struct KnownMember(
    SchemaNode? Schema,
    bool IsRequired,
    SchemaNode? Dependent,
    (string Name, byte[] Bytes, ulong Hash)[]? Needed
);

/// <summary>Gathers <c>properties</c>, <c>required</c> and what depends on a member's presence by name.</summary>
internal sealed class MemberReading
{
    private readonly Dictionary<string, KnownMember> _known = new(StringComparer.Ordinal);
    private readonly SchemaKeywords _keywords;

    public MemberReading(SchemaKeywords keywords)
    {
        _keywords = keywords;
        foreach (var name in keywords.Members("properties"))
        {
            Change(name, member => member with { Schema = keywords.Node(name + 1, "properties") });
        }

        var required = keywords.Names("required");
        Required = Named(required);
        required.ForEach(name => Change(name, member => member with { IsRequired = true }));
        if (!keywords.IsDraft07)
        {
            keywords.Members("dependentSchemas").ForEach(name => AddSchema(name, "dependentSchemas"));
            keywords.Members("dependentRequired").ForEach(AddNames);
        }

        // 2020-12 keeps the word of its forerunners, and lets it count.
        foreach (var name in keywords.Members("dependencies"))
        {
            if (keywords.Document.KindOf(name + 1) == JsonTokenType.StartArray)
            {
                AddNames(name);
            }
            else
            {
                AddSchema(name, "dependencies");
            }
        }
    }

    public IReadOnlyCollection<KeyValuePair<string, KnownMember>> Known => _known;

    public (string Name, byte[] Bytes, ulong Hash)[] Required { get; }

    private void AddSchema(int name, string keyword)
    {
        var schema = _keywords.Node(name + 1, keyword);
        Change(
            name,
            member =>
                member.Dependent is null
                    ? member with
                    {
                        Dependent = schema,
                    }
                    : throw _keywords.Document.Fault(name, "dependentSchemas has a schema for this name already")
        );
    }

    private void AddNames(int name)
    {
        var needed = Named(_keywords.NamesAt(name + 1));
        Change(name, member => member with { Needed = [.. member.Needed ?? [], .. needed] });
    }

    private (string Name, byte[] Bytes, ulong Hash)[] Named(List<int> names)
    {
        var document = _keywords.Document;
        return [.. names.Select(name => (document.Text(name), document.Bytes(name).ToArray(), KeyHash.Compute(document.Bytes(name))))];
    }

    private void Change(int name, Func<KnownMember, KnownMember> change)
    {
        var text = _keywords.Document.Text(name);
        _known[text] = change(_known.GetValueOrDefault(text));
    }
}
