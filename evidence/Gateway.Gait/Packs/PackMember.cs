namespace Gateway.Gait.Packs;

/// <summary>One file inside a pack.</summary>
/// <param name="Name">Plain, without folders leading out: see <see cref="PackLimits.IsName"/>.</param>
/// <param name="Content">Its bytes, not compressed.</param>
public sealed record PackMember(string Name, ReadOnlyMemory<byte> Content);
