/**
 * Request schemas as ThreatLocker's public OpenAPI document, PortalAPI v1.0.0 (2026-06), has them: schema, then type, then the
 * properties of that type. A type in brackets is an array of it; `?` says nullable. The document marks no reference as
 * nullable, because OpenAPI 3.0 can't: see `schema-check.ts`. It forbids properties that it doesn't name, and requires none.
 * Names are those on the wire (camelCase, as ThreatLocker's article shows them) where the document spells them otherwise.
 */
export const SCHEMAS = {
  PermitApplicationDto: {
    uuid: 'computerId computerGroupId organizationId',
    '[uuid]?': 'organizationIds',
    int32: 'osType ringfenceActionId elevationStatus elevationExpiration',
    'text?': `
      userInstance actionType edgeStoreUrl chromeStoreUrl systemLookupUrl virusTotalUrl responseSubject
      responseReason`,
    ApprovalRequestDto: 'approvalRequest',
    boolean: `
      isFromApproval isFromActionLog isElevationRequest isExtensionRequest canViewOnSystemLookup
      canViewVirusTotal fileHistoryChecked isRingfenced hasRingfencingAsProduct hasElevation
      organizationHasElevation allowTMM notifyOnResponse isExecutionRequest`,
    ActionLogDto: 'actionLog',
    'boolean?': 'suggestCustomRule hasOriginApprovalCenter',
    PermitFileDetails: 'fileDetails',
    PermitMatchingApplications: 'matchingApplications',
    PermitPolicyConditions: 'policyConditions',
    'date-time?': 'policyExpirationDate elevationExpirationDate',
    AdvRFPolicy: 'ringfencingOptions',
    '[NetworkExclusionDto]?': 'networkExclusions',
    PermitPolicyLevel: 'policyLevel',
    PermitAdminNotes: 'adminNotes',
    '[ApplicationOnlineDto]?': 'applicationList',
    '[SystemAuditItem]?': 'systemAudits',
    '[FileExclusionDto]?': 'fileExclusions',
  },
  ApprovalRequestDto: {
    int32: `
      statusIdEscalatedToMSP statusIdEscalatedByCustomer statusId approvalNumber approvedByTierLevel
      multiLevelApprovalStatusId initialApprovalTierLevel approvalCount pendingTierLevel count`,
    uuid: 'masterOrganizationId approvalRequestId computerId organizationId',
    'text?': `
      approvedBy path hash username hostname organizationName json ticketId requestor requestorReason
      requestorEmailAddress comments ipAddress instanceName assigneeUsername assigneeFirstName
      assigneeLastname notes signature tlInstructions portalApiUrl ticketApprovalManager linkedMfaUser
      serialNumber`,
    'date-time': 'dateTime',
    'date-time?': 'actionDate maxTriggeredStartDate',
    'uuid?': `
      multiLevelApprovalRequestId tempPolicyId policyId tempApplicationId applicationId assigneeUserId
      threatLockerDataCenterId`,
    boolean: `
      hasPendingApprovalRequest cyberHeroManagementConfigured isEscalatedByCyberHero isEscalatedByCustomer
      showMfaChallenge showMfaRegistration canRequestNewBuiltIn isAssigneeLoggedIntoMaster
      retrievedAssigneeUsername`,
    'boolean?': 'isAssigned suggestCustomRule authorizeForPermit',
    ThreatLockerActionDto: 'threatLockerActionDto',
    ApprovalRequestTimerDto: 'approvalRequestTimerDto',
  },
  ThreatLockerActionDto: {
    'text?': `
      fullPath policyId username hash processName applicationId serialNumber deviceType actionType policyName
      applicationName notes sha256 ringfencePolicyId organizationId hostname computerId manufacturer
      destinationIP domainName organizationName`,
    int32: 'actionId processId encryptionStatus osType',
    '[ThreatLockerCertDto]?': 'certs',
    'date-time': 'datetime',
    boolean: 'logAction ringFence monitorOnly remotePresence',
    int64: 'size',
    '[text]?': 'installedBy',
  },
  ThreatLockerCertDto: {
    'text?': 'sha subject',
    boolean: 'validCert',
  },
  ApprovalRequestTimerDto: {
    uuid: 'approvalRequestId',
    'date-time': 'requestDate assignedDate escalatedDate returnedDate reassignedDate actionedDate',
    int32: 'totalTimeInSeconds',
  },
  ActionLogDto: {
    int64: 'actionLogId size totalCount lastSortValue memoryBytes',
    'text?': `
      eActionLogId organizationName hostname username fullPath policyName actionType action monitorMode
      policyLocation processPath hash createdByProcess data remotePresenceText deviceType cert certText
      applicationName notes serialNumber sha256Hash effectiveAction encryptionStatus virusTotalCheckName
      virusTotalCheckArgument edgeStoreUrl chromeStoreUrl firefoxStoreUrl sourceIPAddress destinationIPAddress
      destinationPort batchId processName parentProcessName systemLookupUrl threatSeverityLevel`,
    uuid: 'organizationId computerId policyId policyOrganizationId applicationId',
    'date-time': 'dateTime dateTimeImported learningModeEndDate',
    int32: `
      actionTypeId actionId processId encryption osType networkDirection groupByCount parentProcessId`,
    boolean: `
      isMonitorMode remotePresence remotePresenceThreatLockerDetected certExists policyExists policyEnabled
      storagePolicyExists nacPolicyExists secureNetworkPolicyExists twPolicyExists webControlPolicyExists
      optionToRequest allowPermitVendorButton reportMissing isExtension isProtectedProcess
      hasViewComputerPermission allowFileUpload canViewOnSystemLookup hasPolicyData isCloudLog
      isCloudActionType isVirusTotalUnavailable deleteFileRequestSent isAccessDevice`,
    '[text]?': 'certs',
    '[Certificate]?': 'certificates',
    '[OrganizationParentsDto]?': 'organizationParents',
    'uuid?': 'applicationOrganizationId integrationTypeId',
    'boolean?': 'applicationIsBuiltIn',
    '[ActionLogCreatedByProcessesDto]?': 'actionLogCreatedByProcesses',
    ThreatLockerItemDto: 'threatLockerItem',
    '[EngineRating]?': 'engineRatings',
  },
  Certificate: {
    'text?': 'subject sha value',
    boolean: 'validCert',
  },
  OrganizationParentsDto: {
    uuid: 'organizationId',
    'text?': 'displayName',
  },
  ActionLogCreatedByProcessesDto: {
    'text?': 'createdByProcess',
    int32: 'count',
  },
  ThreatLockerItemDto: {
    'date-time': 'd',
    'text?': 'u pn',
    'uuid?': 'pid',
    int32: 'at aid',
    '[Int32ObjectKeyValuePair]?': 'a',
  },
  Int32ObjectKeyValuePair: {
    int32: 'key',
    'any?': 'value',
  },
  EngineRating: {
    'text?': 'name rating',
  },
  PermitFileDetails: {
    'text?': `
      fullPath processPath hash filename sha256 originalHostname hostname username organizationName policyName
      applicationName requestorReason approvalStatus approvalBy`,
    '[ThreatLockerCertDto]?': 'certificates',
    '[text]?': 'createdByProcesses',
    'date-time': 'date',
    int64: 'size',
  },
  PermitMatchingApplications: {
    boolean: 'hasMatchingApplication useMatchingApplication useExistingApplication useNewApplication',
    ApplicationOnlineDto: 'matchingApplication existingApplication',
    'text?': 'newApplicationName',
  },
  ApplicationOnlineDto: {
    'text?': 'name applicationName organizationName',
    uuid: 'applicationId organizationId',
    int32: 'osType status',
    'uuid?': 'suggestedPolicyId researchApplicationId',
    boolean: 'isMaintained',
  },
  PermitPolicyConditions: {
    boolean: 'useExistingPolicy createManualPolicy disableProtection',
    '[PolicyManualOption]?': 'manualOptions',
    int32: 'ruleId',
    '[text]?': 'certSubjects createdByProcesses',
    '[ActionLogDto]?': 'includedAdditionalFiles',
  },
  PolicyManualOption: {
    'text?': 'fullPath processPath cert hash createdBy',
    boolean: 'isDefaultOption disabled',
  },
  AdvRFPolicy: {
    boolean: `
      hideCustomRules restrictApplicationSpawning restrictRegistryAccess restrictFileAccess
      restrictNetworkAccess restrictApplication`,
    '[FilePolicy]?': 'rfFilePolicy',
    '[NetworkPolicy]?': 'rfNetworkPolicy',
    '[RegistryPolicy]?': 'rfRegistryPolicy',
    '[AssociatedApplicationPolicy]?': 'rfAssociatedApplicationPolicy',
  },
  FilePolicy: {
    'text?': 'filePolicyId path',
    int32: 'action permission',
  },
  NetworkPolicy: {
    'text?': 'networkPolicyId server serverDisplayName',
    int32: 'port action',
  },
  RegistryPolicy: {
    'text?': 'registryPolicyId path',
    int32: 'action permission',
  },
  AssociatedApplicationPolicy: {
    'text?': 'name applicationId',
    int32: 'osType',
  },
  NetworkExclusionDto: {
    uuid: 'policyId',
    int32: 'tagPrefixTypeId',
    'text?': 'value',
  },
  PermitPolicyLevel: {
    boolean: 'canUseEntireOrganization toEntireOrganization toComputerGroup toComputer',
    ComputerGroupItemDto: 'selectedComputerGroup',
  },
  ComputerGroupItemDto: {
    uuid: 'computerGroupId organizationId',
    'text?': 'name organizationName',
    'boolean?': 'default',
    int32: 'osType',
    boolean: 'isGlobal',
  },
  PermitAdminNotes: {
    'text?': 'ticket requestorEmail comments',
  },
  SystemAuditItem: {
    uuid: 'organizationId userId systemAuditId',
    'text?': 'username action ipAddress effectiveAction organizationName ticketNumber notes',
    SystemAuditDetails: 'details',
    boolean: 'masterViewOnly',
    'date-time': 'dateTime',
    'int32?': 'systemAuditObjectTypeId',
  },
  SystemAuditDetails: {
    'text?': 'page function details',
    uuid: 'objectId',
  },
  FileExclusionDto: {
    uuid: 'policyId',
    int32: 'tagItemType permission',
    'text?': 'path',
  },
  ApprovalRequestUpdateParametersDto: {
    '[ApprovalRequestDto]?': 'approvalRequestDtos allowedApprovalRequestDtos deniedApprovalRequestDtos',
    'text?': 'type ignoreSubject ignoreReason responseSubject responseReason rejectReason',
    boolean: 'isVDI notifyOnIgnore notifyOnResponse usingCustomApprovals',
  },
  ApprovalRequestParametersDto: {
    int32: 'statusId userApprovalTierLevel requestTypeId pageSize pageNumber',
    'text?': 'searchText orderBy',
    boolean: 'showCurrentTierOnly showChildOrganizations isAscending',
    '[text]?': 'actionType',
  },
  ActionLogParamsDto: {
    'text?': 'actionType filter username hostname fullPath deviceType groupBy sortBy',
    int32: 'sourceTableId pageNumber pageSize totalRows',
    'int64?': 'actionLogId',
    uuid: 'policyId',
    'int32?': 'actionId processId',
    boolean: `
      showChildOrganizations simulateDeny onlyTrueDenies showTotalCount getNewCount exportMode useEId
      sortDescending showKnownThreatsOnly hasPolicyId`,
    '[date-time]?': 'dateTime',
    '[any]?': 'paramsFieldsDto',
    'date-time?': 'startDate endDate dateTimeLastImported',
    int64: 'lastSortValue',
    '[int32]?': 'groupBys',
    '[text]?': 'actionTypes',
  },
  ApplicationMatchParameterDto: {
    'text?': 'hash sha256 path processPath filename folder',
    '[uuid]?': 'organizationIds',
    '[ThreatLockerCertDto]?': 'certs',
    '[text]?': 'createdBys',
    int32: 'osType',
    uuid: 'approvalRequestId',
    '[ApplicationFileDto]?': 'builtInPartialMatchingFiles',
  },
  ApplicationFileDto: {
    int64: 'applicationFileId',
    uuid: 'applicationId organizationId',
    'text?': `
      fullPath cert hash processPath notes installedBy name applicationFileDetails originalFullPath
      originalCert originalHash originalProcessPath originalNotes originalInstalledBy createdBy
      applicationName`,
    boolean: 'keyFile originalKeyFile isHashOnly',
    int32: 'osType updateStatus',
    'int64?': 'minSize maxSize',
  },
  ApplicationGetForApplicationOptionsDto: {
    uuid: 'organizationId appliesToId',
    int32: 'osType',
    boolean: 'includeBuiltIn onlyPermitted',
    'text?': 'searchText hostName',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type SchemaName = keyof typeof SCHEMAS;
