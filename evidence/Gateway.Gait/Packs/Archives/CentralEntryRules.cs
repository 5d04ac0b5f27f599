using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Archives;

/// <summary>What every entry of a pack's directory has the same: special members of ZIP files aren't read.</summary>
internal static class CentralEntryRules
{
    public static void Check(CentralEntry entry, ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra)
    {
        Expect(CentralEntryReader.Int(header, 0) == ZipLayout.CentralSignature, "its signature");
        Expect(
            CentralEntryReader.Short(header, 4) == ZipLayout.MadeBy && CentralEntryReader.Short(header, 6) == ZipLayout.Needed,
            "the version it was made by"
        );
        Expect(entry.Flags is 0 or ZipLayout.DescriptorFlag, "its flags: encrypted and other special members aren't read");
        Expect(entry.Method is ZipLayout.Stored or ZipLayout.Deflated, "its way of compression");
        Expect(
            CentralEntryReader.Short(header, 12) == ZipLayout.Time && CentralEntryReader.Short(header, 14) == ZipLayout.Date,
            "its time, which must be 1980-01-01"
        );
        Expect(extra.IsEmpty || extra.SequenceEqual(ZipLayout.Timestamp), "its extra field");
        Expect(
            CentralEntryReader.Short(header, 32) == 0
                && CentralEntryReader.Short(header, 34) == 0
                && CentralEntryReader.Short(header, 36) == 0,
            "its comment, disk or kind"
        );
        Expect(entry.Attributes is ZipLayout.Attributes or ZipLayout.BareAttributes, "its attributes, which must be those of a plain file");

        void Expect(bool right, string what)
        {
            if (!right)
            {
                throw new ArtifactRefusedException(
                    ProblemCodes.Malformed,
                    entry.Name,
                    $"The directory's entry is not as packs have it: {what}.",
                    entry.At
                );
            }
        }
    }
}
