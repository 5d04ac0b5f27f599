using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Archives;

/// <summary>One file inside a pack.</summary>
/// <param name="Name">Plain, without folders leading out: see <see cref="PackLimits.IsName"/>.</param>
/// <param name="Content">Its bytes, not compressed.</param>
public sealed record PackMember(string Name, ReadOnlyMemory<byte> Content)
{
    /// <exception cref="ArtifactRefusedException">A pack of these members lacks it.</exception>
    internal static PackMember Find(IReadOnlyList<PackMember> members, string name) =>
        members.FirstOrDefault(member => member.Name == name)
        ?? throw new ArtifactRefusedException(ProblemCodes.MissingMember, name, "It is missing from the pack.");
}
