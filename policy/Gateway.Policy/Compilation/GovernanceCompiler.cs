using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Compiles what was read of the files. From what was compiled before it takes over whatever rests on the same documents; what comes of it
/// is the same in any case.
/// </summary>
public static class GovernanceCompiler
{
    /// <summary>Reads and compiles files whose text will be kept.</summary>
    public static Validated<CompiledGovernance> Compile(IReadOnlyList<SourceFile> files) =>
        Compile([.. files.Select(file => FileReading.Read(file, keepText: true))], before: null);

    /// <summary>Never throws for any text; whatever is wrong is in the result, all at once.</summary>
    /// <param name="files">All of them.</param>
    /// <param name="before">What an earlier call gave; null for none.</param>
    /// <param name="wereInForce">Whether the files are kept ones, which were in force before.</param>
    public static Validated<CompiledGovernance> Compile(
        IReadOnlyList<FileReading> files,
        CompiledGovernance? before,
        bool wereInForce = false
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        return Compile(All(files, out var faults), faults, before, wereInForce);
    }

    /// <summary>One tenant's documents, whatever is wrong with those of others. Never throws for any text.</summary>
    /// <param name="before">What an earlier call gave for this tenant; null for none.</param>
    public static Validated<CompiledGovernance> Compile(TenantDocuments tenant, CompiledGovernance? before)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var faults = new ErrorList();
        faults.AddAll(tenant.Faults);
        if (tenant.Documents.Count > DocumentReader.MaxDocuments)
        {
            var first = tenant.Documents[DocumentReader.MaxDocuments].Source;
            faults.Add(first, "", "There are too many documents.", "Remove some: a tenant may have 1,000,000.");
            return new(null, faults.InOrder());
        }

        return Compile(
            [.. tenant.Documents, .. ImpliedDocuments.Of(tenant.Documents, faults, tenant.IsAlone)],
            faults,
            before,
            wereInForce: false
        );
    }

    private static Validated<CompiledGovernance> Compile(
        List<ReadDocument> documents,
        ErrorList faults,
        CompiledGovernance? before,
        bool wereInForce
    )
    {
        var hasShadows = documents.Exists(document => document.IsShadow);
        var real = Compile(documents, faults, shadow: false, wereInForce, before?.Real, out var errors);
        if (!hasShadows)
        {
            return real is null ? new(null, errors.InOrder()) : new(new CompiledGovernance(real, null), []);
        }

        // An error in a shadow document is an error like another: a trial that isn't one should be known.
        var shadow = Compile(documents, faults, shadow: true, wereInForce, before?.Shadow ?? real, out var more);
        return real is not null && shadow is not null
            ? new(new CompiledGovernance(real, shadow), [])
            : new(null, [.. errors.InOrder().Union(more.InOrder())]);
    }

    /// <summary>The documents of all files as far as there may be as many.</summary>
    private static List<ReadDocument> All(IReadOnlyList<FileReading> files, out ErrorList faults)
    {
        faults = new ErrorList();
        var documents = new List<ReadDocument>(Math.Min(files.Sum(file => file.Documents.Count), DocumentReader.MaxDocuments));
        foreach (var file in files)
        {
            faults.AddAll(file.Faults);
            var left = DocumentReader.MaxDocuments - documents.Count;
            documents.AddRange(file.Documents.Take(left));
            if (file.Documents.Count > left)
            {
                faults.Add(
                    file.Documents[left].Source,
                    "",
                    "There are too many documents.",
                    "Remove some: all files together may hold 1,000,000."
                );
            }
        }

        documents.AddRange(ImpliedDocuments.Of(documents, faults));
        return documents;
    }

    /// <summary>Null where there is any error.</summary>
    private static DocumentSet? Compile(
        List<ReadDocument> documents,
        ErrorList faults,
        bool shadow,
        bool wereInForce,
        DocumentSet? before,
        out ErrorList errors
    )
    {
        errors = new ErrorList();
        errors.AddAll(faults);
        var chosen = ShadowDocuments.Choose(documents, shadow).ToList();
        if (errors.Count == 0 && before is not null && DocumentChange.Apply(before, chosen) is { } changed)
        {
            return changed;
        }

        var all = new GovernanceDocuments();
        foreach (var document in chosen)
        {
            all.Add(document, errors);
        }

        IEnumerable<string> AgentsOf(Id<Tenant> tenant) => all.NamesOf(DocumentKinds.Agent, tenant);
        return DocumentChecks.Run(all, wereInForce ? null : AgentsOf, errors) is { } passed ? SnapshotBuilder.Build(passed) : null;
    }
}
