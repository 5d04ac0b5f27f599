using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>What the type parameters stand for, as far as it is known. Overloads are tried on a copy.</summary>
internal sealed class Substitution
{
    private readonly Dictionary<string, CelType> _known;
    private int _fresh;

    public Substitution()
        : this([], 0) { }

    private Substitution(Dictionary<string, CelType> known, int fresh) => (_known, _fresh) = (known, fresh);

    public Substitution Copy() => new(new Dictionary<string, CelType>(_known), _fresh);

    /// <summary>A parameter that nothing is known about.</summary>
    public CelType Fresh() => CelType.Parameter("_" + _fresh++);

    public CelType? Find(CelType parameter) => _known.GetValueOrDefault(parameter.Name);

    public void Set(CelType parameter, CelType type) => _known[parameter.Name] = type;

    /// <summary>The same types with parameters of their own, so that two calls of a function don't share them.</summary>
    public IReadOnlyList<CelType> Instantiate(IReadOnlyList<CelType> types)
    {
        var renamed = new Dictionary<string, CelType>();
        return
        [
            .. types.Select(type =>
                Replace(
                    type,
                    parameter =>
                    {
                        if (!renamed.TryGetValue(parameter.Name, out var own))
                        {
                            renamed[parameter.Name] = own = Fresh();
                        }

                        return own;
                    }
                )
            ),
        ];
    }

    /// <summary>The type with all that is known put in.</summary>
    /// <param name="openAsDyn">A parameter that is still open becomes dyn.</param>
    public CelType Resolve(CelType type, bool openAsDyn = false) =>
        Replace(
            type,
            parameter =>
                Find(parameter) is { } known ? Resolve(known, openAsDyn)
                : openAsDyn ? CelType.Dyn
                : parameter
        );

    /// <summary>Whether a type contains a parameter, which must then not stand for it.</summary>
    public bool Contains(CelType type, CelType parameter) =>
        type.Kind == CelTypeKind.Parameter
            ? type.Name == parameter.Name || (Find(type) is { } known && Contains(known, parameter))
            : type.Parameters.Any(inner => Contains(inner, parameter));

    private static CelType Replace(CelType type, Func<CelType, CelType> replacement) =>
        type.Kind switch
        {
            CelTypeKind.Parameter => replacement(type),
            CelTypeKind.List => CelType.List(Replace(type.Parameters[0], replacement)),
            CelTypeKind.Map => CelType.Map(Replace(type.Parameters[0], replacement), Replace(type.Parameters[1], replacement)),
            CelTypeKind.Type => CelType.TypeOf(Replace(type.Parameters[0], replacement)),
            CelTypeKind.Opaque => CelType.Opaque(type.Name, [.. type.Parameters.Select(inner => Replace(inner, replacement))]),
            CelTypeKind.Dyn or CelTypeKind.Scalar => type,
        };
}
