namespace Gateway.Gait.Packs.Bundles;

/// <summary>A file that goes into a bundle as it is.</summary>
/// <param name="Name">Inside the bundle.</param>
/// <param name="Type"><c>runpack</c>, <c>trace</c>, <c>report</c> or <c>evidence</c>.</param>
public sealed record BundleFile(string Name, string Type, ReadOnlyMemory<byte> Content);
